"""Pace, pauses, repetitions, syllables, vocabulary and bands on material with known answers."""

import tomllib
from pathlib import Path

import pytest

from analysis import bands, pace, pauses, vocabulary
from analysis.languages import language
from analysis.measuring import measure
from analysis.options import AnalysisOptions
from analysis.repetitions import find_repetitions
from analysis.tests.test_fillers import words_of
from analysis.timeline import Span
from analysis.word_times import settle
from engines.transcribers import Transcript, Word

CUT = tomllib.loads((Path(__file__).parent / "data" / "syllables.toml").read_text("utf-8"))


def repeated(text):
    return [(r.text, r.extra) for r in find_repetitions(words_of(text), language("en"))]


def test_repetitions_are_found_over_fillers_and_trailing_dots():
    assert repeated("the... uh, the store") == [("the", 1)]
    assert repeated("I was I was going going home") == [("i was", 1), ("going", 1)]
    assert repeated("we we we left") == [("we", 2)]
    assert repeated("one of the, one of the best") == [("one of the", 1)]


def test_repetitions_on_purpose_do_not_count():
    assert repeated("a very very long day") == []
    assert repeated("he had had enough") == []
    assert repeated("dial five five two") == []
    assert repeated("That was the end. The end is near.") == []
    assert repeated("It is time. Time is short.") == []


@pytest.mark.parametrize(
    ("code", "counts"),
    {
        "en": {"the": 1, "store": 1, "people": 2, "created": 3, "wanted": 2, "asked": 1,
               "houses": 2, "makes": 1, "table": 2, "something": 2, "didn't": 2, "I'm": 1,
               "million": 2, "situation": 4, "rhythm": 2, "1961": 7, "wildfire": 3,
               "client": 2, "bibliography": 5, "barefoot": 2},
        "es": {"qué": 1, "buenos": 2, "días": 2, "guerra": 2, "país": 2, "ciudad": 2},
        "de": {"guten": 2, "eine": 2, "Theater": 3},
        "fr": {"elle": 1, "maintenant": 3, "parle": 1},
        "it": {"buongiorno": 3, "paese": 3, "più": 1},
        "pt": {"coração": 3, "água": 2},
    }.items(),
)  # fmt: skip
def test_syllables_are_counted_by_dictionary_or_spelling(code, counts):
    rules = language(code).syllables
    assert {word: rules.count(word) for word in counts} == counts


@pytest.mark.parametrize("code", CUT["words"])
def test_syllables_of_hard_words_are_counted_as_dictionaries_cut_them(code):
    rules = language(code).syllables
    cut = CUT["words"][code].split()
    assert len(cut) > 70
    wrong = [word for word in cut if rules.count(word.replace("-", "")) != word.count("-") + 1]
    assert wrong == []


@pytest.mark.parametrize("code", CUT["running"])
def test_syllables_of_running_text_are_right_to_two_in_a_hundred(code):
    rules = language(code).syllables
    cut = CUT["running"][code].split()
    true = [word.count("-") + 1 for word in cut]
    counted = [rules.count(word.replace("-", "")) for word in cut]
    assert len(cut) > 70
    assert sum(counted) == pytest.approx(sum(true), rel=0.02)


def test_pace_follows_its_formulas():
    talk = Span(2.0, 62.0)
    assert pace.speech_rate(150, talk) == 150
    assert pace.articulation_rate(200, talk, silence=20.0) == 5.0


def test_local_pace_counts_words_in_ten_seconds_each_second():
    # Two words a second for twenty seconds, then one.
    middles = [at / 2 for at in range(40)] + [20.0 + at for at in range(20)]
    points = pace.local_pace(middles, Span(0.0, 40.0))
    assert points[0] == (5.0, 120.0)
    assert points[-1] == (35.0, 60.0)
    assert len(points) == 31
    fast, slow = pace.lasting_stretches(points, faster=110, slower=70)
    assert (fast[0].start, slow[0].end) == (5.0, 35.0)
    assert pace.variability(points) == pytest.approx(0.28, abs=0.02)
    assert pace.local_pace(middles, Span(0.0, 9.0)) == []
    assert pace.variability([]) is None


def test_pauses_come_from_silence_and_words_only_label_them():
    speech = [Span(0, 1), Span(1.2, 2), Span(2.5, 3), Span(4.5, 6)]
    words = [
        Word("We", 0, 0.5),
        Word("left.", 1.2, 1.9),
        Word("Um,", 2.5, 2.9),
        Word("they", 4.5, 5),
        Word("stayed", 5, 6),
    ]
    found = pauses.find_pauses(speech, words, fillers={2})
    assert [pause.span for pause in found] == [Span(2, 2.5), Span(3, 4.5)]
    assert [pause.mid_clause for pause in found] == [False, False]
    inside = pauses.find_pauses([Span(0, 0.5), Span(1.2, 2)], words, fillers=())
    assert [pause.mid_clause for pause in inside] == [True]
    assert pauses.find_pauses(speech, (), ())[0].mid_clause is None


def test_silence_before_the_first_word_and_after_the_last_counts_for_nothing():
    def measured(offset, duration):
        words = tuple(
            Word(f"word{at}", offset + at / 2, offset + at / 2 + 0.3, 0.9) for at in range(80)
        )
        speech = [
            Span(word.start, word.end + (0.15 if at % 5 else -0.1)) for at, word in enumerate(words)
        ]
        heard = Transcript(" ".join(word.text for word in words), "en", 0.9, words, "words", "en")
        report = measure(heard, speech, duration, AnalysisOptions(language="en"))
        return {each.name: each.value for each in report.measures if each.name != "duration"}

    shown = measured(0.0, 40.0)
    assert shown["phonation_ratio"] < 1
    assert shown["pauses"] > 10
    assert measured(7.25, 90.0) == pytest.approx(shown)


def test_longest_monologue_reaches_from_one_silence_of_two_seconds_to_the_next():
    speech = [Span(1, 5), Span(6.9, 9), Span(11, 16), Span(18.5, 19)]
    found = pauses.find_pauses(speech, (), ())
    talk = pauses.talk_span(speech)
    assert pauses.longest_monologue(found, talk) == Span(1, 9)
    assert pauses.longest_monologue((), talk) == talk


def test_vocabulary_is_hidden_when_there_is_little_of_it():
    assert vocabulary.mtld(["word"] * 99) is None
    assert vocabulary.moving_ratio(["a", "b"] * 49) is None
    assert vocabulary.moving_ratio(["a", "b"] * 60) == pytest.approx(2 / 50)
    assert vocabulary.mtld(["same"] * 120) == pytest.approx(2.0, abs=0.1)
    assert vocabulary.mtld([str(number) for number in range(120)]) == 120


def test_bands_place_a_value_by_language_and_kind():
    inside = bands.band("speech_rate", 150, "en", "talk")
    assert (inside.label, inside.position, inside.low, inside.high) == ("good", "inside", 120, 165)
    assert bands.band("speech_rate", 175, "en", "talk").label == "fair"
    assert bands.band("speech_rate", 220, "en", "talk").position == "above"
    assert bands.band("speech_rate", 175, "en", "conversation").label == "good"
    assert bands.band("speech_rate", 150, "es", "talk") is None
    assert bands.band("filled_pauses", None, "en", "talk") is None


def test_words_stretched_over_a_silence_are_cut_back_to_where_they_sound():
    speech = [Span(0, 2.2), Span(3.3, 4)]
    words = [
        Word("Americans,", 1.5, 2.6),
        Word("ask", 2.08, 3.7),
        Word("not", 3.7, 4),
    ]
    settled = [(word.start, word.end) for word in settle(words, speech)]
    assert settled == [(1.5, 2.2), (3.3, 3.7), (3.7, 4)]
    unheard = Word("soft", 2.4, 2.9)
    assert settle([unheard], speech) == (unheard,)
