"""Several turns of one speaker, measured as one talk without what lies between them."""

import numpy as np
import pytest

from analysis.options import AnalysisOptions
from analysis.timeline import Span
from analysis.turns import Turn, hear_turn, measure_turns
from engines.transcribers import Transcript, Word, make

OPTIONS = AnalysisOptions(language="en", kind="conversation")


def said(*words: tuple[str, float, float], speech: list[tuple[float, float]] | None = None) -> Turn:
    spans = speech or [(words[0][1], words[-1][2])]
    text = " ".join(word for word, _, _ in words)
    timed = tuple(Word(*word) for word in words)
    transcript = Transcript(text, "en", None, timed, "words")
    return Turn(transcript, tuple(Span(*span) for span in spans), spans[-1][1] + 1)


def spread(text: str, start: float, end: float) -> Turn:
    """A turn whose words fill its time evenly."""
    words = text.split()
    step = (end - start) / len(words)
    return said(*((w, start + n * step, start + (n + 1) * step) for n, w in enumerate(words)))


def of(measures, name):
    return next(each for each in measures if each.measure.name == name)


@pytest.fixture(scope="module")
def heard(speech) -> Turn:
    return hear_turn(speech, OPTIONS, make(OPTIONS.transcriber))


def test_turn_that_was_heard_is_the_same_after_it_was_stored(heard):
    assert Turn.from_json(heard.to_json()) == heard
    assert "country" in heard.transcript.text
    assert heard.condition is not None


def test_turns_of_one_speaker_have_the_rates_of_each_of_them(heard):
    twice = measure_turns([heard, heard], OPTIONS)
    talk = heard.speech[-1].end - heard.speech[0].start
    assert of(twice, "speaking_time").measure.value == pytest.approx(2 * talk, abs=0.01)
    words = 2 * len(heard.transcript.words)
    assert of(twice, "words").measure.value == words
    assert of(twice, "speech_rate").measure.value == pytest.approx(
        60 * words / (2 * talk), rel=0.01
    )
    assert of(twice, "articulation_rate").measure.reliability.level == "estimated"


def test_one_short_turn_is_too_little_and_says_so(heard):
    alone = measure_turns([heard], OPTIONS)
    rate = of(alone, "speech_rate").measure
    assert rate.value is None
    assert rate.reliability.level == "low"
    assert "short" in rate.reliability.reason or "15" in rate.reliability.reason


def test_silence_before_after_and_between_turns_is_no_pause():
    text = "I would like to order a soup and a glass of water please"
    turns = [spread(text, 20.0, 26.0), spread(text, 3.0, 9.0), spread(text, 0.5, 6.5)]
    found = measure_turns(turns, OPTIONS)
    assert of(found, "speaking_time").measure.value == 18.0
    assert of(found, "pauses").measure.value == 0
    assert of(found, "phonation_ratio").measure.value == 1
    runs = of(found, "mean_length_of_run").measure
    assert runs.value == pytest.approx(of(found, "syllables").measure.value / 3, abs=0.001)
    assert runs.reliability.level == "estimated"


def test_word_said_again_in_the_next_turn_is_no_repetition():
    turns = [said(("please", 0.0, 0.4)), said(("please", 0.0, 0.4)), spread("one two " * 20, 0, 16)]
    once = [turns[0], turns[2]]
    assert of(measure_turns(turns, OPTIONS), "repetitions").moments == tuple(
        type(moment)(moment.turn + 1, moment.span)
        for moment in of(measure_turns(once, OPTIONS), "repetitions").moments
    )


def test_evidence_names_the_turn_and_its_time_there():
    long = spread("we had a very good time at the lake last summer with all of them " * 2, 5, 17)
    hesitant = said(
        ("Um,", 2.0, 2.4),
        ("soup,", 3.6, 4.0),
        ("please.", 4.1, 4.6),
        speech=[(2.0, 2.4), (3.6, 4.6)],
    )
    found = measure_turns([long, hesitant], OPTIONS)
    (um,) = of(found, "filled_pauses").moments
    assert (um.turn, um.span) == (1, Span(2.0, 2.4))
    (pause,) = of(found, "pauses").moments
    assert (pause.turn, pause.span) == (1, Span(2.4, 3.6))


def test_turn_in_which_nobody_speaks_counts_for_nothing(heard):
    silent = hear_turn(np.zeros(16_000, np.int16), OPTIONS, make(OPTIONS.transcriber))
    assert silent.speech == ()
    assert measure_turns([silent], OPTIONS) == ()
    with_it = measure_turns([heard, silent, heard], OPTIONS)
    without = measure_turns([heard, heard], OPTIONS)
    assert [each.measure for each in with_it] == [each.measure for each in without]
