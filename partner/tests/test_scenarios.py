"""What every situation promises a learner who chooses among them."""

from collections import Counter

import pytest

from partner.data_files import DATA
from partner.scenarios import CONVERSATION_TYPES, LEVELS, Scenario, all_scenarios, script_languages

SCENARIOS = all_scenarios()
each = pytest.mark.parametrize("one", SCENARIOS, ids=[scenario.slug for scenario in SCENARIOS])


def test_there_are_forty_five_situations_at_least_spread_evenly_over_the_levels():
    assert len(SCENARIOS) >= 45
    counts = Counter(one.level for one in SCENARIOS)
    assert set(counts) == set(LEVELS)
    assert max(counts.values()) - min(counts.values()) <= 2


def test_every_kind_of_conversation_has_a_situation():
    assert {one.conversation_type for one in SCENARIOS} == set(CONVERSATION_TYPES)


def test_every_file_is_a_situation_and_no_title_stands_twice():
    files = {path.stem for path in (DATA / "scenarios").iterdir()}
    assert files == {one.slug for one in SCENARIOS}
    assert not [
        title for title, times in Counter(one.title for one in SCENARIOS).items() if times > 1
    ]


@each
def test_situation_has_three_to_five_checks_in_whole_sentences(one: Scenario):
    assert 3 <= len(one.checks) <= 5
    assert all(check.text.endswith(".") for check in one.checks)


@each
def test_situation_has_words_and_an_opening_in_english_and_spanish(one: Scenario):
    assert {"en", "es"} <= set(one.words)
    assert set(one.words) == set(one.opening)
    for language, words in one.words.items():
        assert 8 <= len(words) <= 12, language
        assert len({word.word for word in words}) == len(words), language
        assert all(word.word.casefold() != word.meaning.casefold() for word in words), language


@each
def test_spanish_opening_has_its_opening_marks(one: Scenario):
    spanish = one.opening["es"]
    assert spanish.count("¿") == spanish.count("?")
    assert spanish.count("¡") == spanish.count("!")


@each
def test_texts_of_the_interface_have_no_exclamation_marks(one: Scenario):
    texts = [one.title, one.goal, one.manner, one.partner_role, *(c.text for c in one.checks)]
    assert not [text for text in texts if "!" in text]
    assert one.goal.endswith(".")
    assert one.manner.endswith(".")


@each
def test_partner_is_not_described_as_if_it_were_the_learner(one: Scenario):
    described = f"{one.partner_role} {one.manner}".lower().split()
    assert not {"you", "your", "yours"} & set(described)


def test_twelve_situations_at_least_have_words_in_french_and_german_too():
    both = [one for one in SCENARIOS if {"fr", "de"} <= set(one.words)]
    assert len(both) >= 12


def test_situations_play_with_no_language_model_in_eight_english_and_four_spanish_scripts():
    languages = Counter(language for one in SCENARIOS for language in script_languages(one.slug))
    assert languages["en"] >= 8
    assert languages["es"] >= 4
