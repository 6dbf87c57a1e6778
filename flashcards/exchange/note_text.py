"""What a field of a note says, without its mark-up.

The field is a stranger's and may be long: whatever stands in it, each step takes time in proportion
to its length. Python's own parser of HTML takes more, and raises at what it does not know.
"""

import html
import re

_SOUND = re.compile(r"\[(?:sound|anki):[^\[\]]*\]")
_GAP = re.compile(r"(\{\{c\d+::|::|\}\})")
_MARKUP = re.compile(
    r"<!--|<(?P<end>/?)(?P<tag>[a-zA-Z][^\s/<>]*)(?:[\s/][^<>]*)?>|<[!?/][^<>]*>", re.ASCII
)
# Python reads no number of thousands of digits, and no character has so high a one.
_NO_CHARACTER = re.compile(r"&#[xX]?[0-9a-fA-F]{9,};?")
_BREAKS = frozenset({"br", "div", "p", "li", "tr", "hr"})
_UNSEEN = frozenset({"style", "script"})


def plain(field: str) -> str:
    """The text of a field: no tags, no sounds, gaps filled, lines where there were lines."""
    text = _with_gaps_filled(_without_tags(_SOUND.sub("", field)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _without_tags(field: str) -> str:
    parts: list[str] = []
    at, unseen = 0, ""
    while found := _MARKUP.search(field, at):
        if not unseen:
            parts.append(_unescaped(field[at : found.start()]))
        at = found.end()
        tag = (found["tag"] or "").lower()
        if found[0] == "<!--":
            end = field.find("-->", at)
            at = len(field) if end < 0 else end + 3
        elif unseen:
            unseen = "" if found["end"] and tag == unseen else unseen
        elif tag in _UNSEEN and not found["end"] and not found[0].endswith("/>"):
            unseen = tag
        elif tag in _BREAKS and not found["end"]:
            parts.append("\n")
    if not unseen:
        parts.append(_unescaped(field[at:]))
    return "".join(parts)


def _unescaped(text: str) -> str:
    return html.unescape(_NO_CHARACTER.sub("\ufffd", text))


def _with_gaps_filled(text: str) -> str:
    """`{{c1::pear::fruit}}` is a pear: what stands behind the second colons is a hint."""
    parts: list[str] = []
    hints: list[int | None] = []  # of each open gap: where in `parts` its hint begins
    for part in _GAP.split(text):
        if part.startswith("{{c") and part.endswith("::"):
            hints.append(None)
        elif part == "}}" and hints:
            begin = hints.pop()
            if begin is not None:
                del parts[begin:]
        else:
            if part == "::" and hints and hints[-1] is None:
                hints[-1] = len(parts)
            parts.append(part)
    return "".join(parts)
