"""Notes in plain text, as Anki exports and imports them: settings in lines with #, then rows.

https://docs.ankiweb.net/importing/text-files.html
"""

import csv
import io
import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from flashcards.exchange.note_text import plain
from flashcards.exchange.rows import Table, Unreadable, by_column, column_called
from flashcards.models import Card

COLUMNS = ("word", "meaning", "sentence", "source", "language")
# Without names, notes have the word first and its meaning second.
USUAL = ("word", "meaning", "sentence")
_SEPARATORS = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "space": " ",
    "pipe": "|",
    "colon": ":",
}
_SETTING = re.compile(r"#(?P<name>[a-z ]+):(?P<value>[^\r\n]*)\r?\n?", re.ASCII)
_OTHER_COLUMN = re.compile(r"(notetype|deck|tags|guid) column", re.ASCII)


def is_anki_text(text: str) -> bool:
    """Whether it begins with a setting."""
    return _SETTING.match(text) is not None


def write_anki_text(cards: Iterable[Card]) -> str:
    """The words as Anki imports them; every cell in quotes, so that none is taken for a setting."""
    out = io.StringIO(newline="")
    out.write("#separator:tab\n#html:false\n#columns:" + "\t".join(COLUMNS) + "\n")
    writer = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_ALL, lineterminator="\n")
    for card in cards:
        writer.writerow([getattr(card, name) for name in COLUMNS])
    return out.getvalue()


def read_anki_text(text: str, language: str) -> Table:
    """The words of notes in plain text. Raises Unreadable where the rows are none."""
    settings: dict[str, str] = {}
    begin = 0
    while found := _SETTING.match(text, begin):
        settings[found["name"].strip()] = found["value"]
        begin = found.end()
    delimiter = _delimiter(settings.get("separator", "tab"))
    has_html = settings.get("html", "true").strip() != "false"
    names = _names(settings, delimiter)
    before = text.count("\n", 0, begin)
    table = Table("anki_text")
    reader = csv.reader(io.StringIO(text[begin:], newline=""), delimiter=delimiter)
    line = 0
    try:
        for cells in reader:
            first, line = line + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                texts = map(plain, cells) if has_html else cells
                table.add(before + first, by_column(names, texts, language))
    except csv.Error as error:
        told = _("Line %(line)d is no line of a table.") % {"line": before + reader.line_num}
        raise Unreadable("invalid", told) from error
    return table


def _delimiter(value: str) -> str:
    named = _SEPARATORS.get(value.strip().lower(), value)
    if len(named) != 1 or named in '"\r\n':
        raise Unreadable("invalid", _("The line #separator names none that we know."))
    return named


def _names(settings: dict[str, str], delimiter: str) -> list[str | None]:
    """The columns by their places."""
    others = {
        int(value)
        for name, value in settings.items()
        if _OTHER_COLUMN.fullmatch(name) and value.strip().isdecimal() and len(value) < 4
    }
    if "columns" in settings:
        told = next(csv.reader([settings["columns"]], delimiter=delimiter), [])
        names = [column_called(name) for name in told]
        if "word" in names:
            return [None if place in others else name for place, name in enumerate(names, 1)]
    usual = iter(USUAL)
    last = max(others, default=0) + len(USUAL)
    return [None if place in others else next(usual, None) for place in range(1, last + 1)]
