"""Sentences, weak words, the words leaned on, false starts and prolongations."""

import json

import pytest

from analysis.engine import measure_text
from analysis.false_starts import find_false_starts
from analysis.languages import language, supported
from analysis.options import AnalysisOptions
from analysis.prolongations import find_prolongations
from analysis.repetitions import find_repetitions
from analysis.report import Report
from analysis.tests.test_fillers import words_of
from engines.transcribers import Word

TALK = (
    "We built a bridge. It was really a very old bridge. Did it hold? The bridge, um, held for "
    "years. It was maybe the oldest thing in the valley, and everybody who came through the valley "
    "crossed the river there, however long it took."
)


_REST = ("crossed", "river", "long", "took")


def broken_off(text, code="en"):
    words, rules = words_of(text), language(code)
    again = {
        at for r in find_repetitions(words, rules) for at in range(r.first_word, r.last_word + 1)
    }
    return [(start.text, start.tier) for start in find_false_starts(words, rules, again)]


@pytest.fixture(scope="module")
def report() -> Report:
    return measure_text(TALK, 20.0, AnalysisOptions(language="en"))


def test_sentences_are_measured_without_their_filled_pauses(report):
    assert report.value("sentence_length") == 5
    assert report.value("questions") == 1


def test_weak_words_and_hedges_are_counted_per_hundred_words(report):
    words = report.value("words")
    assert words == 43
    assert report.value("weak_words") == pytest.approx(100 * 3 / words, abs=0.01)
    assert report.value("hedges") == pytest.approx(100 / words, abs=0.01)


def test_conciseness_counts_content_words_a_minute(report):
    content = "built bridge old bridge hold bridge held years oldest thing valley came valley"
    seconds = 20.0
    assert report.value("conciseness") == 60 / seconds * len([*content.split(), *_REST])


def test_words_leaned_on_and_starters_are_ranked_by_count(report):
    assert [(said.text, said.count) for said in report.wording.leaned_on] == [("bridge", 3)]
    assert [(said.text, said.count) for said in report.wording.starters] == [("it", 2)]


def test_a_stored_report_keeps_its_words_and_one_without_them_stays_readable(report):
    stored = json.loads(json.dumps(report.to_json()))
    assert Report.from_json(stored).wording == report.wording
    del stored["words"]
    assert Report.from_json(stored).wording.leaned_on == ()


def test_a_text_without_punctuation_claims_nothing_about_sentences():
    report = measure_text("we went home and " * 20, 30.0, AnalysisOptions(language="en"))
    assert report.value("sentence_length") is None
    assert report.value("questions") is None
    assert report.wording.starters == ()


def test_a_language_without_lists_hides_what_needs_them():
    report = measure_text("een huis. nog een huis. " * 10, 30.0, AnalysisOptions(language="nl"))
    assert [report.value(name) for name in ("weak_words", "hedges", "conciseness")] == [None] * 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I was- I went home.", [("i was", "sure")]),
        ("Some wor- words are hard.", [("wor", "sure")]),
        ("I was going... I went home.", [("i was going", "sure")]),
        ("We took the, um, we went by train.", [("we took the", "sure")]),
        ("Go to the, sorry, to a shop.", [("to the", "sure")]),
        ("I wanted to, I went home.", [("i wanted to", "possible")]),
        ("I like, I like beans.", []),
        ("I'll read, you know. I hope you are well.", []),
        ("As a new enterprise as, uh, a voice.", [("a new enterprise as", "possible")]),
        ("It, uh, it's being used.", [("it", "sure")]),
        ("I don't know what, you know, I haven't seen it.", [("i don't know what", "sure")]),
        (
            "It is older than the acoustic corpus, um, the room is different.",
            [("the acoustic corpus", "possible")],
        ),
        ("We grow apples, and pears, and plums.", []),
        ("We grow apples, and, um, and plums.", []),
        ("And apples, um, and pears.", []),
        ("And we- and then it rained.", [("and we", "sure")]),
        ("Government of the people, by the people, for the people.", []),
        ("I came, I saw, I won.", []),
        ("To be, to go, to see.", []),
        ("It lay in the house, in the garden, or in the shed.", []),
        ("A well-known man, who stayed.", []),
        ("It is- ", []),
        ("We left. We came back.", []),
        ("He came home — late, as always.", []),
    ],
)
def test_false_starts_are_sure_where_something_shows_the_break(text, found):
    assert broken_off(text) == found


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("es", "Fuimos al, eh, al cine.", []),
        ("es", "Yo fui a la, perdón, a un cine.", [("a la", "sure")]),
        ("de", "Er hat das, äh, er war das.", [("er hat das", "sure")]),
        ("de", "Äpfel und Birnen, und Pflaumen.", []),
        ("fr", "Il a le, euh, il est venu.", [("il a le", "sure")]),
        ("it", "Io vado al... io resto qui.", [("io vado al", "sure")]),
        ("pt", "Eu fui ao, quer dizer, eu vim do mercado.", [("eu fui ao", "sure")]),
        ("pt", "Comprei pão e leite, e queijo, e fruta.", []),
    ],
)
def test_false_starts_are_found_by_each_languages_own_lists(code, text, found):
    assert broken_off(text, code) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The, um, the end.", ["the"]),
        ("I I I think so.", ["i"]),
        ("I like I like I like beans.", ["i like"]),
        ("Row, row, row your boat.", []),
        ("Testing testing testing testing.", []),
        ("With concepts concepts in mind.", ["concepts"]),
        ("Hello hello.", []),
    ],
)
def test_repetitions_are_stumbles_and_not_what_is_said_on_purpose(text, found):
    assert [again.text for again in find_repetitions(words_of(text), language("en"))] == found


def test_empty_phrase_between_copies_does_not_hide_a_repetition():
    report = measure_text("Oh, this, uh, you know, this is long.", 20.0, AnalysisOptions())
    assert [event.text for event in report.events_of("repetition")] == ["this"]
    assert report.events_of("false_start") == []


def test_words_held_far_longer_than_their_letters_need_are_prolongations():
    words = [Word("the", 0.0, 0.9), Word("so", 1.0, 1.5), Word("1961", 2.0, 4.0), Word("um", 4, 6)]
    assert [(held.text, held.word) for held in find_prolongations(words, {3})] == [("the", 0)]


@pytest.mark.parametrize("code", supported())
def test_every_language_has_the_lists_that_the_measures_need(code):
    rules = language(code)
    assert len(rules.function_words) > 80
    assert len(rules.weak_words) >= 9
    assert rules.repairs
    assert len(rules.number_values) > 20
