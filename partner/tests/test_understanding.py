import pytest

from partner.numbers_said import numbers_in
from partner.patterns import BadPattern, pattern, spaced, words_of
from partner.phrases import phrases
from partner.script_files import script
from partner.understanding import understand


def understood(said, *, slug="ordering-food", language="en", node="main"):
    found = script(slug, language)
    return understand(said, found, phrases(language), found.nodes[node])


@pytest.mark.parametrize(
    ("source", "said", "fits"),
    [
        ("soup", "The SOUP, please.", True),
        ("soup", "soups", False),
        ("(red|white) wine", "a white wine", True),
        ("(red|white) wine", "wine", False),
        ("[the] bill", "bill please", True),
        ("what is good", "what’s good here", True),
        ("do not know", "I don't know", True),
        ("how much [is|are] (it|they)", "how much they", True),
        ("# people", "for twenty five people", True),
        ("= sorry", "um, sorry?", True),
        ("= sorry", "sorry I want soup", False),
        ("está aquí", "ESTA aqui", True),
    ],
)
def test_pattern_fits_words_as_they_are_said(source, said, fits):
    assert (pattern(source).find(spaced(words_of(said))) is not None) is fits


def test_star_catches_the_learners_own_words():
    words = words_of("My name is Ana Belén")
    match = pattern("my name is *").find(spaced(words))
    assert [word.heard for word in words[slice(*match.caught)]] == ["Ana", "Belén"]


@pytest.mark.parametrize("source", ["", "(a", "a)", "[a", "a]", "* and *", "[a]", "= ", "(a|b]"])
def test_pattern_that_cannot_be_read_is_refused(source):
    with pytest.raises(BadPattern):
        pattern(source)


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("two hundred and five", [205]),
        ("two and three", [2, 3]),
        ("twenty five", [25]),
        ("treinta y dos", [32]),
        ("a couple of kilos", [2]),
        ("2 or 15", [2, 15]),
        ("three thousand four hundred", [3400]),
        ("mil quinientos", [1500]),
        ("mil cuatrocientos", [1400]),
        ("novecientas cincuenta", [950]),
        ("1,200 or 12.000,", [1200, 12000]),
        ("1,200,000 or 3.50", [1200000, 3, 50]),
        ("one two three", [1, 2, 3]),
        ("no number here", []),
        ("9" * 30, []),
    ],
)
def test_numbers_are_read_from_words_and_digits(said, values):
    words = [word.plain for word in words_of(said)]
    assert [value for _, _, value in numbers_in(words)] == values


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ("the soup", {"dish": ["soup"]}),
        ("um i would like uh the chikken please", {"dish": ["chicken"]}),
        ("the tomato soup and two beers", {"dish": ["soup"], "drink": ["beer"]}),
        ("not the soup but the fish", {"dish": ["fish"]}),
        ("I don't want fish", {}),
        ("no, the fish", {"dish": ["fish"]}),
        ("no two beers please", {"drink": ["beer"]}),
        ("no beer", {}),
        ("fruit salad", {"dessert": ["fruit"]}),
        ("I would like a table", {}),
    ],
)
def test_slots_are_heard(said, slots):
    assert understood(said).slots() == slots


def test_refused_thing_alone_counts_as_no():
    assert "no" in understood("I don't want fish").intents


def test_word_somewhat_like_a_name_is_a_guess_only():
    heard = understood("limonat", node="drink")
    assert heard.slots() == {}
    assert heard.guess.value == "lemonade"


def test_other_language_is_told_by_its_small_words():
    assert understood("ich möchte bitte eine Suppe").foreign == "de"
    assert understood("I would like a soup").foreign is None
    assert understood("sopa").foreign is None
