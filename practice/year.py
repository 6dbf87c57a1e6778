"""A year of practice, day by day: what the squares of the heat map and their table show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from practice.goal import week_start

WEEKS = 52
# From so many seconds on a day is drawn darker, and its square fuller.
SOME, MUCH = 120, 600


@dataclass(frozen=True, slots=True)
class Day:
    """One square; `level` is 0 for nothing to 3 for much."""

    date: date
    seconds: int

    @property
    def level(self) -> int:
        """How dark and how full it is."""
        return (self.seconds > 0) + (self.seconds >= SOME) + (self.seconds >= MUCH)


@dataclass(frozen=True, slots=True)
class YearWeek:
    """One column: up to seven days, those until today."""

    days: list[Day]

    @property
    def first(self) -> date:
        """Its first day."""
        return self.days[0].date

    @property
    def seconds(self) -> int:
        """What its days come to."""
        return sum(day.seconds for day in self.days)

    @property
    def month(self) -> date | None:
        """The first day of the month that begins in it; None where none does."""
        return next((day.date for day in self.days if day.date.day == 1), None)

    @property
    def days_to_come(self) -> range:
        """As many as are missing of seven."""
        return range(7 - len(self.days))


@dataclass(frozen=True, slots=True)
class Year:
    """The weeks until today, the oldest first; in two halves, for narrow screens."""

    weeks: list[YearWeek]

    @property
    def halves(self) -> tuple[list[YearWeek], list[YearWeek]]:
        """The older and the newer half."""
        middle = len(self.weeks) // 2
        return self.weeks[:middle], self.weeks[middle:]

    @property
    def seconds(self) -> int:
        """What the year comes to."""
        return sum(week.seconds for week in self.weeks)

    @property
    def practised_days(self) -> int:
        """On how many days something was practised."""
        return sum(day.seconds > 0 for week in self.weeks for day in week.days)

    @property
    def busy_weeks(self) -> list[YearWeek]:
        """The weeks with something in them, the newest first."""
        return [week for week in reversed(self.weeks) if week.seconds]


def first_of_year(today: date, week_begins: int, weeks: int = WEEKS) -> date:
    """The first day of the first of `weeks` weeks of which the last is that of `today`."""
    return week_start(today, week_begins) - timedelta(weeks=weeks - 1)


def year(seconds: Mapping[date, int], today: date, week_begins: int, weeks: int = WEEKS) -> Year:
    """The last `weeks` weeks until `today`, from the `seconds` of the days that have any."""
    first = first_of_year(today, week_begins, weeks)
    columns = []
    for number in range(weeks):
        begins = first + timedelta(weeks=number)
        days = [begins + timedelta(days=day) for day in range(7)]
        shown = [Day(day, seconds.get(day, 0)) for day in days if day <= today]
        columns.append(YearWeek(shown))
    return Year(columns)
