"""How numbers, lengths of time, dates and languages are said on the pages."""

import math
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

NOTHING = "–"  # what stands where a number would, when there is none


def clock(seconds: float | None) -> str:
    """A place in a recording, or its length: 0:41, 3:12, 1:02:05."""
    if seconds is None:
        return NOTHING
    whole = max(0, math.floor(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    if hours:
        return f"{hours}:{minutes:02}:{second:02}"
    return f"{minutes}:{second:02}"


def duration(seconds: float | None) -> str:
    """How long something took or takes, in words: 21 s, 3 min 12 s, 2 h 51 min."""
    if seconds is None:
        return NOTHING
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    if hours:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    if minutes and second:
        return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": second}
    if minutes:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("%(seconds)s s") % {"seconds": second}


def decimals_of(value: float) -> int:
    """How many decimals help the eye: 1.6, but 148."""
    return 0 if abs(value) >= 20 else 1


def number(value: float | None, decimals: int | None = None) -> str:
    """A number as the reader's language writes it, with as many decimals as say something."""
    if value is None or not math.isfinite(value):
        return NOTHING
    places = decimals_of(value) if decimals is None else decimals
    # number_format cuts digits off, so it is given a rounded number.
    rounded = round(value, places)
    return number_format(rounded, decimal_pos=places, force_grouping=abs(value) >= 10_000)


def percent(share: float | None) -> str:
    """A share from 0 to 1 as a whole percentage, without the sign."""
    return NOTHING if share is None else number(share * 100, 0)


def when(moment: datetime | None, now: datetime | None = None) -> str:
    """A moment near its day: Today, 18:04 · Yesterday, 09:30 · Wed 18 Nov · 18 Nov 2024."""
    if moment is None:
        return NOTHING
    local = timezone.localtime(moment)
    today = timezone.localtime(now or timezone.now()).date()
    days = (today - local.date()).days
    hour = date_format(local, "H:i")
    if days == 0:
        return _("Today, %(hour)s") % {"hour": hour}
    if days == 1:
        return _("Yesterday, %(hour)s") % {"hour": hour}
    if local.year == today.year:
        return date_format(local, "D j M")
    return date_format(local, "j M Y")


def moment(at: datetime | None) -> str:
    """A moment in full: Sat 21 Nov 2026, 18:04."""
    if at is None:
        return NOTHING
    return date_format(timezone.localtime(at), "D j M Y, H:i")


def language_name(code: str) -> str:
    """The language in the reader's words; a code nobody knows stands for itself."""
    if code.lower() == "zh":  # Django only knows ways of writing it
        return _("Chinese")
    for candidate in (code.lower(), code.lower().split("-")[0]):
        try:
            return capfirst(_(get_language_info(candidate)["name"]))
        except KeyError:
            continue
    return code


def times(count: int) -> str:
    """Once, twice, 5 times."""
    if count == 2:
        return _("twice")
    return ngettext("once", "%(count)s times", count) % {"count": count}
