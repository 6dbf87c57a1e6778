"""Text search over title, transcript and tags, the same on SQLite and PostgreSQL."""

import re
import unicodedata

from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from speech_sessions.models import SpeechSession
from speech_sessions.search_index import INDEX, SESSIONS

MAX_WORDS = 32
MAX_WORD_LENGTH = 64

_SQLITE = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s"  # noqa: S608 - our own names
_POSTGRES = f"SELECT id FROM {SESSIONS} WHERE search @@ to_tsquery('simple', %s)"  # noqa: S608


def search(sessions: QuerySet[SpeechSession], text: str) -> QuerySet[SpeechSession]:
    """Those of `sessions` that hold every word of `text`, the last one as the start of a word.

    Case, accents and punctuation do not count; no character has a meaning of its own. A text
    without any word finds nothing, an empty one leaves `sessions` as they are. The first 32 words
    count.
    """
    if not text.strip():
        return sessions
    words = words_of(text)
    if not words:
        return sessions.none()
    if connections[sessions.db].vendor == "postgresql":
        found = RawSQL(_POSTGRES, (" & ".join(words) + ":*",))  # noqa: S611 - letters and digits
    else:
        quoted = " ".join(f'"{word}"' for word in words)
        found = RawSQL(_SQLITE, (f"{quoted}*",))  # noqa: S611 - letters and digits, quoted
    return sessions.filter(pk__in=found)


def words_of(text: str) -> list[str]:
    """The words to look for: letters, digits and marks, without accents, at most 32."""
    decomposed = unicodedata.normalize("NFD", text[: MAX_WORDS * MAX_WORD_LENGTH * 4])
    plain = re.sub("[\u0300-\u036f]", "", decomposed)
    letters = "".join(
        character if unicodedata.category(character)[0] in "LN" or _is_mark(character) else " "
        for character in plain
    )
    return [word[:MAX_WORD_LENGTH] for word in letters.split()[:MAX_WORDS]]


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Mc"}
