"""Words held much longer than their letters need.

A word is over-long above 1.6 * (0.18 + 0.12 * letters) seconds, after its times were cut back to
where there is speech. The times of single words are right to about a tenth of a second only, so
each is a possible prolongation, to be heard, and none is counted.
"""

from collections.abc import Collection, Sequence

from analysis.languages import bare_word
from analysis.timeline import Prolongation
from engines.transcribers import Word

FACTOR = 1.6
LEAST_SECONDS = 0.18
SECONDS_A_LETTER = 0.12


def longest_usual(letters: int) -> float:
    """Seconds that a word of so many letters may last without being drawn out."""
    return FACTOR * (LEAST_SECONDS + SECONDS_A_LETTER * letters)


def find_prolongations(
    words: Sequence[Word], hesitations: Collection[int]
) -> tuple[Prolongation, ...]:
    """Over-long words in order. `hesitations`: numbers of filled pauses, which are long anyway.

    Numbers in digits are left out: their letters are not written.
    """
    found = []
    for at, word in enumerate(words):
        bare = bare_word(word.text)
        letters = sum(letter.isalpha() for letter in bare)
        if at in hesitations or not letters or any(letter.isdigit() for letter in bare):
            continue
        if word.end - word.start > longest_usual(letters):
            found.append(Prolongation(text=bare, word=at))
    return tuple(found)
