"""Which levels a talk speaks for, and when nothing is said of them."""

from dataclasses import replace

import pytest

from conversations.level_estimate import Shown, estimate

DONE = Shown(level="B2", met=4, checks=4, turns=10, words=120, corrections=3, long_pauses=1.0)


def range_of(**changed) -> tuple[str, str]:
    found = estimate(replace(DONE, **changed))
    return found.low, found.high


def codes_of(**changed) -> list[str]:
    return [each["code"] for each in estimate(replace(DONE, **changed)).reasons]


def test_all_done_speaks_for_the_level_of_the_situation_and_no_more():
    assert range_of() == ("B2", "B2")
    assert codes_of() == ["done"]


@pytest.mark.parametrize(
    ("met", "expected"),
    [(4, ("B2", "B2")), (2, ("B1", "B2")), (1, ("A2", "B1")), (0, ("A2", "B1"))],
)
def test_less_done_speaks_for_less(met, expected):
    assert range_of(met=met) == expected


def test_too_few_words_or_turns_say_nothing():
    for little in ({"words": 59}, {"turns": 3}):
        assert range_of(**little) == ("", "")
        assert codes_of(**little) == ["too_little"]


def test_talk_without_a_level_of_its_own_says_nothing():
    assert codes_of(level="") == ["no_level"]
    assert codes_of(checks=0, met=0) == ["no_level"]


def test_many_long_pauses_keep_it_at_b1_and_short_turns_at_a2():
    assert range_of(long_pauses=4.1) == ("B1", "B1")
    assert range_of(words=60, turns=20) == ("A2", "A2")
    assert codes_of(long_pauses=9.0) == ["done", "long_pauses"]
    assert range_of(long_pauses=None) == ("B2", "B2")


def test_many_corrections_widen_it_downwards():
    assert range_of(corrections=12) == ("B1", "B2")
    assert codes_of(corrections=12) == ["done", "corrections"]


def test_lowest_level_has_nothing_below_it():
    assert range_of(level="A1", met=0, corrections=60) == ("A1", "A1")
