"""Words: syllables by spelling against a pronouncing dictionary.

Measured on what people wrote down, so it says what the rules do and nothing of how much the
recogniser loses before them.
"""

import re
from collections.abc import Iterator

from analysis.languages import language
from benchmarks.accuracy.table import Row, listed

SECTION = "Words"


def rows() -> list[Row]:
    """The rows of this section. Raises LeftOut where the labelled recordings are missing."""
    return list(_syllables())


def _syllables() -> Iterator[Row]:
    """What spelling alone miscounts; the dictionary's own counts are in use, so have no error."""
    counting = language("en").syllables
    truth = spelled = wrong = 0
    for entry in listed("telephone", "words.tsv"):
        for part in re.findall(r"[a-z]+", entry["word"].lower()) if entry["kind"] == "word" else ():
            count, guess = counting.count(part), counting.by_rule(part) or counting.count(part)
            truth += count
            spelled += guess
            wrong += abs(guess - count)
    yield Row(
        SECTION,
        "syllables by spelling alone against the dictionary and list in use, telephone transcripts",
        f"{100 * (spelled - truth) / truth:+.1f} % in all, {100 * wrong / truth:.1f} % astray",
    )
