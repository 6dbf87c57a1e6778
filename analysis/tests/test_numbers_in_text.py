"""Numbers that a sentence holds, however they are written."""

import pytest

from analysis.rewording.numbers import Number, numbers_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("148 words", [("148", "plain")]),
        ("4.10 and 05", [("4.1", "plain"), ("5", "plain")]),
        ("1,065 words", [("1065", "plain")]),
        ("12 % and 12% and 12 per cent", [("12", "percent")] * 3),
        ("twelve percent", [("12", "percent")]),
        ("at 0:41", [("0:41", "clock")]),
        ("twenty-one", [("21", "plain")]),
        ("one hundred and forty-eight", [("148", "plain")]),
        ("Eight of them, twice", [("8", "plain"), ("2", "plain")]),
        ("the 18th and the eighteenth", [("18", "ordinal"), ("18", "ordinal")]),
        ("the first second", [("1", "ordinal"), ("2", "ordinal")]),
        ("half as many, doubled", [("half", "ratio"), ("doubled", "ratio")]),
        ("eight dozen", [("8", "plain"), ("dozen", "ratio")]),
        ("threefold", [("threefold", "ratio")]),
        ("½", [("½", "unread")]),
        ("五 and ⑤ and ٥", [("五", "unread"), ("⑤", "unread"), ("٥", "unread")]),
        ("thirtyfive", [("thirtyfive", "unread")]),
        ("chapter IV", [("iv", "unread")]),
        ("no ums", [("0", "plain")]),
        ("no silent pause", [("0", "plain")]),
        ("none", [("0", "plain")]),
        ("one's own", [("1", "plain")]),
        ("5 million", [("5", "plain"), ("1000000", "plain")]),
        ("nobody told someone often to wait", []),
        ("the silent ones last seconds", []),
        ("a month with the north wind", []),
    ],
)
def test_numbers_are_read_in_digits_and_letters(text, found):
    assert numbers_in(text) == [Number(*number) for number in found]


@pytest.mark.parametrize(
    "text", ["1/2", "-5", "+5", "4k", "5x", "3,5", "4.1.2", "x^2", "1 480", "~5", "€5", "5‰", "B2"]
)
def test_number_that_cannot_be_read_equals_no_other(text):
    assert {number.kind for number in numbers_in(text)} & {"unread"}
