"""The ranges that people set for their own numbers."""

from django.db.models import QuerySet

from accounts.models import User
from analysis.bands import Range, banded, usual
from speech_sessions.models import OwnBand, SpeechSession


def own_bands(user: User) -> QuerySet[OwnBand]:
    """Every range that `user` set, by measure and kind."""
    return OwnBand.objects.filter(user=user)


def own_ranges(user_id: int, kind: str) -> dict[str, Range]:
    """By measure, the range of that person for that kind of speech. One query.

    A range for the kind wins over one for every kind.
    """
    bands = OwnBand.objects.filter(user=user_id, kind__in=("", kind)).order_by("kind")
    return {band.measure: (band.low, band.high) for band in bands}


def spoken_language(user: User) -> str:
    """The two-letter code of the language `user` spoke last; English before the first session."""
    newest = SpeechSession.objects.filter(user=user).order_by("-date", "-id")
    code = newest.values_list("language", flat=True).first() or "en"
    return code.partition("-")[0].lower()


def usual_ranges(language: str, kind: str) -> dict[str, tuple[Range, str] | None]:
    """By measure, every range that numbers are held against, with its source.

    None where that language and kind of speech have none. `kind` is empty for every kind.
    """
    return {name: usual(name, language, kind or "any") for name in banded()}
