"""The full-text index over title, transcript and tags, kept by the database itself.

SQLite: an FTS5 table that stores no text of its own (it reads the view `speech_session_text`) and
follows the sessions by triggers. PostgreSQL: a generated `tsvector` column with a GIN index. Both
fold case and accents and part words at anything that is neither letter nor digit, so that the same
query finds the same sessions on both.

Django remakes a SQLite table to change a column, and SQLite refuses to remake one that a view
reads: a migration that alters `SpeechSession` begins with `RunPython(remove, make)` and ends with
`RunPython(make, remove)`.
"""

# ruff: noqa: S608 - the statements are put together from our own names only

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SESSIONS = "speech_sessions_speechsession"
INDEX = "speech_session_search"
TEXT = "speech_session_text"

_COLUMNS = ("title", "transcription", "tags")


def _values(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in ("id", *_COLUMNS))


_CHANGED = " OR ".join(f"old.{column} IS NOT new.{column}" for column in _COLUMNS)
_ADD = f"INSERT INTO {INDEX} (rowid, {', '.join(_COLUMNS)}) VALUES ({_values('new')});"
_DROP = (
    f"INSERT INTO {INDEX} ({INDEX}, rowid, {', '.join(_COLUMNS)})"
    f" VALUES ('delete', {_values('old')});"
)

SQLITE_TRIGGERS = {
    f"{INDEX}_added": f"AFTER INSERT ON {SESSIONS} BEGIN {_ADD} END",
    f"{INDEX}_removed": f"AFTER DELETE ON {SESSIONS} BEGIN {_DROP} END",
    f"{INDEX}_changed": f"AFTER UPDATE ON {SESSIONS} WHEN {_CHANGED} BEGIN {_DROP} {_ADD} END",
}

_MAKE_INDEX = (
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5({', '.join(_COLUMNS)}, content='{TEXT}',"
    " content_rowid='id', prefix='2 3',"
    # Vowel signs of Indic scripts (Mn, Mc) belong to their words.
    " tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\")"
)
_SQLITE = (
    f"CREATE VIEW {TEXT} (id, {', '.join(_COLUMNS)}) AS SELECT {_values(SESSIONS)} FROM {SESSIONS}",
    _MAKE_INDEX,
    *(f"CREATE TRIGGER {name} {body}" for name, body in SQLITE_TRIGGERS.items()),
    f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')",
)
_SQLITE_REMOVE = (
    *(f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE_TRIGGERS),
    f"DROP TABLE IF EXISTS {INDEX}",
    f"DROP VIEW IF EXISTS {TEXT}",
)

# Accents are split off and dropped; then whatever unicode61 does not take for a letter, digit or
# mark becomes a blank: ASCII and Latin-1 punctuation, general punctuation, symbols and emoji.
_ACCENTS = "\u0300-\u036f"
_BLANKS = (
    r"!-/:-@\[-`{-~"
    "\u0080-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    "\u2000-\u206f\u20a0-\u20cf\u2100-\u214f\u2190-\u2bff\u3000-\u3004\u3008-\u3020\ufe00-\ufe0f"
    "\uff01-\uff0f\uff1a-\uff20\U0001f000-\U0001faff"
)


def _folded(column: str) -> str:
    return (
        f"regexp_replace(regexp_replace(normalize({column}, NFD), '[{_ACCENTS}]', '', 'g'),"
        f" '[{_BLANKS}]+', ' ', 'g')"
    )


# A tsvector holds 1 MB at most; two hours of speech are about 130,000 characters.
_VECTOR = " || ".join(
    f"to_tsvector('simple', {_folded(text)})"
    for text in ("title", "left(transcription, 200000)", "tags::text")
)
_POSTGRES = (
    f"ALTER TABLE {SESSIONS} ADD COLUMN search tsvector GENERATED ALWAYS AS ({_VECTOR}) STORED",
    f"CREATE INDEX {INDEX} ON {SESSIONS} USING gin (search)",
)
_POSTGRES_REMOVE = (
    f"DROP INDEX IF EXISTS {INDEX}",
    f"ALTER TABLE {SESSIONS} DROP COLUMN IF EXISTS search",
)


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the index and fill it from the sessions there are."""
    _run(schema_editor, {"sqlite": _SQLITE, "postgresql": _POSTGRES})


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the index away."""
    _run(schema_editor, {"sqlite": _SQLITE_REMOVE, "postgresql": _POSTGRES_REMOVE})


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: dict[str, tuple[str, ...]]) -> None:
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
