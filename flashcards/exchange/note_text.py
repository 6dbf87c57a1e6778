"""What a field of a note says, without its mark-up."""

import re
from html.parser import HTMLParser

_SOUND = re.compile(r"\[(?:sound|anki):[^\]]*\]")
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::[^{}]*)?\}\}", re.DOTALL)
_BREAKS = frozenset({"br", "div", "p", "li", "tr", "hr"})
_UNSEEN = frozenset({"style", "script"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in _UNSEEN and self.unseen > 0

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)


def plain(field: str) -> str:
    """The text of a field: no tags, no sounds, gaps filled, lines where there were lines."""
    reader = _Reader()
    reader.feed(_SOUND.sub("", field))
    reader.close()
    text = _CLOZE.sub(r"\1", "".join(reader.parts))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
