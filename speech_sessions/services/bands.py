"""Setting one's own ranges: checked here, whoever asks."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from analysis.bands import Range, banded
from speech_sessions.models import OwnBand, SpeechSession

MOST = 10_000.0


class OwnRange(NamedTuple):
    """A range for a measure in its own unit; `kind` is empty for every kind of speech."""

    measure: str
    kind: str
    low: float | None
    high: float | None


class RangeRefused(Exception):
    """A range that makes no sense; `str()` says why, `end` names the end to change, if one."""

    def __init__(self, message: str, end: str = "", place: int = 0) -> None:
        super().__init__(message)
        self.end = end
        self.place = place


def check_range(measure: str, limits: Range) -> None:
    """Raises RangeRefused where a measure has no ranges, or the ends make none."""
    if measure not in banded():
        raise RangeRefused(_("There is no range for this measure."))
    low, high = limits
    for end, value in (("low", low), ("high", high)):
        if value is not None and not (math.isfinite(value) and 0 <= value <= MOST):
            raise RangeRefused(_("Give a number of 0 or more."), end)
    if low is None and high is None:
        raise RangeRefused(_("Give at least one end of the range."), "low")
    if low is not None and high is not None and low >= high:
        raise RangeRefused(_("The range must end above its beginning."), "high")


def set_ranges(user: User, ranges: Sequence[OwnRange]) -> None:
    """Make these the ranges of `user`, and no others.

    Raises RangeRefused, whose `place` is the range's, and changes nothing then.
    """
    seen: set[tuple[str, str]] = set()
    for place, entry in enumerate(ranges):
        try:
            check_range(entry.measure, (entry.low, entry.high))
            if entry.kind and entry.kind not in SpeechSession.Kind.values:
                raise RangeRefused(_("There is no such kind of speech."))
            if (entry.measure, entry.kind) in seen:
                raise RangeRefused(_("This range is there twice."))
        except RangeRefused as refused:
            refused.place = place
            raise
        seen.add((entry.measure, entry.kind))
    _replace(user, OwnBand.objects.filter(user=user), ranges)


def set_ranges_of_kind(user: User, kind: str, ranges: Mapping[str, Range]) -> None:
    """Make these, by measure, the ranges of `user` for a kind of speech; others stay.

    Raises RangeRefused.
    """
    for measure, limits in ranges.items():
        check_range(measure, limits)
    _replace(
        user,
        OwnBand.objects.filter(user=user, kind=kind),
        [OwnRange(measure, kind, *limits) for measure, limits in ranges.items()],
    )


def _replace(user: User, old: QuerySet[OwnBand], ranges: Sequence[OwnRange]) -> None:
    with transaction.atomic():
        old.delete()
        OwnBand.objects.bulk_create(OwnBand(user=user, **entry._asdict()) for entry in ranges)
