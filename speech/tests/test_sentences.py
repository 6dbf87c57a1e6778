"""Text is cut where a voice may pause."""

import pytest

from speech.sentences import LONGEST, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Good evening, sir. What would you like?", ["Good evening, sir.", "What would you like?"]),
        ("Hello. I am Mr. Smith. And you?", ["Hello. I am Mr. Smith.", "And you?"]),
        ("It costs 3.20 euros. Is that fine?", ["It costs 3.20 euros.", "Is that fine?"]),
        ('He said "Stop right now!" Then he left.', ['He said "Stop right now!"', "Then he left."]),
        ("No. Yes. Maybe we can.", ["No. Yes. Maybe we can."]),
        ("¿Qué desea usted? Tenemos agua.", ["¿Qué desea usted?", "Tenemos agua."]),
        ("…", []),
        ("", []),
    ],
)
def test_sentences_end_where_they_do(text, expected):
    assert sentences(text) == expected


def test_very_long_sentences_come_in_parts_that_hold_all_of_it():
    text = "and then another thing, " * 60
    parts = sentences(text)
    assert all(len(part) <= LONGEST for part in parts)
    assert " ".join(parts).split() == text.split()
