"""Words: syllables by spelling against a pronouncing dictionary.

Measured on what people wrote down, so it says what the rules do and nothing of how much the
recogniser loses before them.
"""

import csv
import re
from collections.abc import Iterator

from analysis.languages import language
from benchmarks.accuracy.table import Row, labelled

SECTION = "Words"


def rows() -> list[Row]:
    """The rows of this section. Raises LeftOut where the labelled recordings are missing."""
    return list(_syllables())


def _syllables() -> Iterator[Row]:
    """What spelling alone miscounts; the dictionary's own counts are in use, so have no error."""
    counting = language("en").syllables
    truth = spelled = wrong = 0
    for entry in _table("telephone", "words.tsv"):
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


def _table(*parts: str) -> list[dict[str, str]]:
    with labelled(*parts).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
