"""Words said twice in a row: identical neighbours of one to three words."""

from collections.abc import Collection, Sequence

from analysis.languages import Language, bare_word, ends_sentence
from analysis.timeline import Repetition
from engines.transcribers import Word

LONGEST = 3


def find_repetitions(
    words: Sequence[Word], language: Language, empty: Collection[int] = ()
) -> tuple[Repetition, ...]:
    """Repetitions in order, the longest first where several begin together.

    Filled pauses between the copies do not hide one ("the, um, the"), nor do empty phrases, the
    numbers of whose words are `empty` ("this, you know, this"). Numbers, a sentence that
    begins as the last one ended, and what a language repeats on purpose ("very very") do not count;
    nor do content words said three times and more ("row, row, row"): stumbles repeat little words
    (Maclay and Osgood 1959), or a word once.
    """
    kept = [
        at
        for at, word in enumerate(words)
        if at not in empty and not language.is_filled_pause(word.text)
    ]
    bare = [bare_word(words[at].text) for at in kept]
    found: list[Repetition] = []
    at = 0
    while at < len(kept):
        size = _size_at(words, kept, bare, at, language)
        if not size:
            at += 1
            continue
        copies = 2
        while bare[at + copies * size : at + (copies + 1) * size] == bare[at : at + size]:
            copies += 1
        if copies == 2 or not all(map(language.is_content, bare[at : at + size])):
            found.append(
                Repetition(
                    text=" ".join(bare[at : at + size]),
                    first_word=kept[at],
                    last_word=kept[at + copies * size - 1],
                    extra=copies - 1,
                )
            )
        at += copies * size
    return tuple(found)


def _size_at(
    words: Sequence[Word], kept: Sequence[int], bare: Sequence[str], at: int, language: Language
) -> int:
    for size in range(LONGEST, 0, -1):
        first, second = bare[at : at + size], bare[at + size : at + 2 * size]
        if first != second or len(second) < size or (size > 1 and len(set(first)) == 1):
            continue
        if " ".join(first) in language.repeatable or all(map(language.is_number, first)):
            continue
        if not ends_sentence(words[kept[at + size - 1]].text):
            return size
    return 0
