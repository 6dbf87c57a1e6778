"""The text with the filled pauses in it that were heard but not written."""

from collections.abc import Sequence

from engines.transcribers import Word

# Characters between two words that are neither's: space, dashes, a note in brackets.
_BETWEEN = 20


def with_heard(text: str, words: Sequence[Word]) -> str:
    """`text` with every word of the origin "sound" before the word that follows it.

    The other words stand in the text in their order; what is between them stays as it was written.
    """
    parts: list[str] = []
    coming: list[str] = []
    done = sought = 0
    for word in words:
        if word.origin == "sound":
            coming.append(word.text)
            continue
        at = text.find(word.text, sought, sought + len(word.text) + _BETWEEN)
        if at < 0:
            continue
        if coming:
            parts += [text[done:at].rstrip(), *coming]
            coming, done = [], at
        sought = at + len(word.text)
    return " ".join(part for part in [*parts, text[done:].strip(), *coming] if part)
