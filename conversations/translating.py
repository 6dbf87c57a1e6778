"""A line of a talk in the learner's own language, where the owner has set a translator up."""

import hashlib
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core.cache import cache

from engines.language_services import LanguageServiceError, in_turn

SECONDS = 10.0
KEPT = 24 * 3600
LONGEST = 2000


@dataclass(frozen=True)
class Translated:
    """The text in the other language, and who translated it."""

    text: str
    service: str
    leaves_machine: bool


class NoTranslator(Exception):
    """None is set up, or none answers; `permanent` where asking again cannot help."""

    def __init__(self, *, permanent: bool) -> None:
        super().__init__("no translator")
        self.permanent = permanent


def is_possible() -> bool:
    """Whether a translator is set up."""
    return bool(settings.TRANSLATORS)


def translate(text: str, *, source: str | None, target: str) -> Translated:
    """`text` in `target`; languages as BCP 47 codes. The same is not asked twice in a day.

    Raises NoTranslator.
    """
    if not is_possible():
        raise NoTranslator(permanent=True)
    key = _key(text, source or "", target)
    kept = cache.get(key)
    if kept:
        return Translated(**kept)
    try:
        told = in_turn.translate(
            settings.TRANSLATORS, text, source=source, target=target, seconds=SECONDS
        )
    except LanguageServiceError as error:
        raise NoTranslator(permanent=error.permanent) from error
    found = Translated(told.answer, told.service, told.leaves_machine)
    cache.set(key, asdict(found), KEPT)
    return found


def _key(*parts: str) -> str:
    return "translation:" + hashlib.sha256("\0".join(parts).encode()).hexdigest()
