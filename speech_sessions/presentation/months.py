"""How this month compares with the last: a few numbers, and what went well."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from speech_sessions import selectors
from speech_sessions.presentation.measures import Text, measure_called
from speech_sessions.presentation.wording import duration, number

COMPARED = ("fillers", "speech_rate")


@dataclass(frozen=True, slots=True)
class MonthNumber:
    """One number of this month, and the same of the month before."""

    label: str
    figure: str
    unit: Text
    last: str


@dataclass(frozen=True, slots=True)
class Month:
    """What the profile shows of this month; no numbers where nothing was said in either month."""

    numbers: list[MonthNumber]
    highlights: list[dict[str, Any]]


def this_month(user: User) -> Month:
    """How this month went against the last, in the reader's zone."""
    first = timezone.localdate().replace(day=1)
    found = selectors.analytics(user, from_=first, bucket="month")
    months = found.this_month_vs_last
    if not (months["sessions"]["this"] or months["sessions"]["last"]):
        return Month([], [])
    sessions, seconds = months["sessions"], months["seconds"]
    numbers = [
        MonthNumber(_("Sessions"), number(sessions["this"], 0), "", number(sessions["last"], 0)),
        MonthNumber(_("Speaking time"), duration(seconds["this"]), "", duration(seconds["last"])),
    ]
    for name in COMPARED:
        measure = measure_called(name)
        values = months[measure.column]
        numbers.append(
            MonthNumber(
                str(measure.label),
                measure.figure(values["this"]),
                measure.unit,
                measure.figure(values["last"]),
            )
        )
    # The newest of those that say the same.
    by_text = {each["text"]: each for each in reversed(found.highlights) if each["text"]}
    return Month(numbers, list(reversed(by_text.values())))
