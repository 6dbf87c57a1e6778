"""How many days in a row somebody practised, in their own days wherever they travel.

Pure: moments and zones in, a streak out. A day is a date of the learner's zone. Two moments are
compared in the zone of the earlier and in that of the later one, and the smaller distance counts:
flying east over a date line skips a date without breaking a streak, and naming another zone does
not make a second day out of one evening.

Seven days of practice in a streak earn a freeze, which bridges one missed day and is used up by it;
no more than one is kept. A frozen day does not count towards the length.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

DAYS_FOR_A_FREEZE = 7


@dataclass(frozen=True, slots=True)
class Moment:
    """When something that counts happened (aware), and in which zone the learner was."""

    at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row until now, and the most there ever were.

    `practised_today` says whether today counts already; `freeze_used` whether the present streak
    lives by a freeze that bridges a missed day; `freeze_left` whether the next missed day would be
    bridged; `at_risk` whether it ends with today.
    """

    current: int
    best: int
    practised_today: bool
    freeze_used: bool
    at_risk: bool
    freeze_left: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The newest days in a row: how many, since how many a freeze was used, and their last moment.

    `best` is the length of the longest run there was.
    """

    last: Moment
    length: int = 1
    since_freeze: int = 1
    frozen: bool = False
    best: int = 1

    @property
    def has_freeze(self) -> bool:
        """Whether a missed day could be bridged."""
        return self.since_freeze >= DAYS_FOR_A_FREEZE

    def followed_by(self, moment: Moment) -> "Run":
        """The run that stands after one more moment."""
        distance = days_between(self.last, moment)
        if distance == 0:
            return self
        missed = distance - 1
        if missed > 1 or (missed == 1 and not self.has_freeze):
            return Run(moment, best=self.best)
        return Run(
            moment,
            length=self.length + 1,
            since_freeze=1 if missed else self.since_freeze + 1,
            frozen=self.frozen or missed == 1,
            best=max(self.best, self.length + 1),
        )


def newest_run(moments: Iterable[Moment]) -> Run | None:
    """The newest run of what happened at `moments`, in any order; None where nothing did."""
    run = None
    for moment in sorted(moments, key=lambda moment: moment.at):
        run = run.followed_by(moment) if run else Run(moment)
    return run


def streak(run: Run | None, now: Moment) -> Streak:
    """What the newest run comes to, seen from `now`."""
    if run is None:
        return Streak(0, 0, practised_today=False, freeze_used=False, at_risk=False)
    distance = days_between(run.last, now)
    missed = max(0, distance - 1)
    alive = missed == 0 or (missed == 1 and run.has_freeze)
    return Streak(
        current=run.length if alive else 0,
        best=run.best,
        practised_today=distance == 0,
        freeze_used=alive and (run.frozen or missed == 1),
        at_risk=alive and distance > 0 and (missed == 1 or not run.has_freeze),
        freeze_left=alive and missed == 0 and run.has_freeze,
    )


def days_between(earlier: Moment, later: Moment) -> int:
    """Whole dates from one to the other, in whichever of the two zones makes fewer; at least 0."""
    in_either = (
        (_date(later.at, zone) - _date(earlier.at, zone)).days
        for zone in (earlier.zone, later.zone)
    )
    return max(0, min(in_either))


def _date(at: datetime, zone: str) -> date:
    return at.astimezone(ZoneInfo(zone)).date()
