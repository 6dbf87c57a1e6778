import pytest

from analysis.fillers import find_fillers
from analysis.languages import language, supported
from engines.transcribers import Word


def words_of(text, gap_after=()):
    """Words of 0.3 s without a gap, but for half a second after those numbers."""
    at, words = 0.0, []
    for number, token in enumerate(text.split()):
        words.append(Word(token, at, at + 0.3))
        at += 0.3 + (0.5 if number in gap_after else 0)
    return words


def found(text, code="en", **kwargs):
    return {
        (filler.text, filler.tier)
        for filler in find_fillers(words_of(text, **kwargs), language(code))
        if filler.kind != "hedge"
    }


@pytest.mark.parametrize("word", ["um", "Um,", "uh...", "uhh", "ummm", "Er,", "erm", "hmm", "Ah,"])
def test_filled_pauses_are_found_however_they_are_written(word):
    assert [f.kind for f in find_fillers(words_of(f"and {word} then"), language("en"))] == [
        "filled_pause"
    ]


@pytest.mark.parametrize("word", ["her", "umbrella", "uh-huh", "mm-hmm", "Hum", "a", "oh"])
def test_words_that_only_resemble_filled_pauses_are_left_alone(word):
    assert found(f"and {word} then") == set()


@pytest.mark.parametrize(
    "text",
    [
        "I like this one.",
        "It looks like rain.",
        "I would like to go.",
        "You know what I did.",
        "Do you know him?",
        "I mean it.",
        "What I mean is this.",
        "That is so good.",
        "It works well.",
        "Turn right here.",
        "It was like that before.",
    ],
)
def test_ordinary_uses_of_filler_words_are_no_fillers(text):
    assert found(text) == set()


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It was, like, huge.", "like"),
        ("And he was like no way.", "like"),
        ("There were like twenty people.", "like"),
        ("We went, you know, to the shop.", "you know"),
        ("I mean, we tried.", "i mean"),
        ("That was it, right?", "right"),
        ("We were, basically, lost.", "basically"),
    ],
)
def test_phrases_that_stand_apart_are_sure_fillers(text, phrase):
    assert found(text) == {(phrase, "sure")}


def test_a_pause_beside_a_phrase_sets_it_apart_as_a_comma_does():
    assert found("we went you know to work") == {("you know", "possible")}
    assert found("we went you know to work", gap_after=[3]) == {("you know", "sure")}


def test_doubtful_fillers_are_only_possible():
    assert found("So, we began.") == {("so", "possible")}
    assert found("We actually went.") == {("actually", "possible")}


def test_fillers_after_a_sentence_say_so():
    fillers = find_fillers(words_of("It ends. Um, it begins, uh, again."), language("en"))
    assert [filler.after_sentence for filler in fillers] == [True, False]


def test_hesitations_belong_to_their_language():
    assert found("um die Ecke", "de") == set()
    assert found("um dia", "pt") == set()
    assert found("ähm, ja", "de") == {("ähm", "sure")}
    assert found("el, eh, coche", "es") == {("eh", "sure")}
    assert found("c'est, euh, bien", "fr") == {("euh", "sure")}


def test_a_language_without_lists_has_no_fillers():
    assert found("um, uh", "xx") == set()


@pytest.mark.parametrize("code", supported())
def test_every_language_finds_its_own_prompt_disfluent(code):
    rules = language(code)
    assert any(f.kind == "filled_pause" for f in find_fillers(words_of(rules.prompt), rules))
