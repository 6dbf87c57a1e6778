"""Silences in which a speaker may be stuck, from talks made up frame by frame."""

import numpy as np
import pytest

from analysis import engine
from analysis.blocks import find_blocks
from analysis.languages import language
from analysis.options import AnalysisOptions
from analysis.sound import SECOND, Sound
from analysis.timeline import Span
from engines.transcribers import Transcript, Word

PHRASES = 12
STUCK = 6


def blocks_in(*, before="the", loud=12.0, gap=0.6, filler=False):
    """Phrases with a pause behind each; that before phrase STUCK is made to measure."""
    words, speech, at = [], [], 0.5
    for number in range(PHRASES):
        texts = ["we", "went", "home", before if number == STUCK - 1 else "early."]
        if filler and number == STUCK - 1:
            texts.append("um,")
        start = at
        for text in texts:
            words.append(Word(text, round(at, 2), round(at + 0.3, 2), 0.9))
            at += 0.3
        speech.append(Span(start, at))
        at += gap if number == STUCK - 1 else 0.6
    levels = np.full(round(at / SECOND) + 1, -60.0)
    for number, span in enumerate(speech):
        levels[round(span.start / SECOND) : round(span.end / SECOND)] = -25.0
        if number == STUCK:
            first = round(span.start / SECOND)
            levels[first : first + 4] = -25.0 + loud
    sound = Sound(
        first=0,
        pitch=np.full(len(levels), 1200, np.int16),
        loudness=(10 * levels).astype(np.int16),
        clipped=0,
        inside=1.0,
        above=1.0,
    )
    text = " ".join(word.text for word in words)
    report = engine.measure(
        Transcript(text, "en", 0.95, tuple(words), "words"),
        speech,
        at,
        AnalysisOptions(language="en"),
        sound=sound,
    )
    return [(event.start, event.text, event.tier) for event in report.events_of("block")]


def test_hard_attack_after_a_silence_that_no_phrase_has_is_a_possible_block():
    end_of_phrase = 0.5 + STUCK * 1.2 + (STUCK - 1) * 0.6
    assert blocks_in() == [(pytest.approx(end_of_phrase), "we", "possible")]


@pytest.mark.parametrize(
    "otherwise",
    [{"before": "early."}, {"before": "early"}, {"loud": 2.0}, {"gap": 4.0}, {"filler": True}],
    ids=["a clause ends", "a phrase may end", "soft attack", "long thought", "filled pause"],
)
def test_other_pauses_are_no_blocks(otherwise):
    assert blocks_in(**otherwise) == []


@pytest.mark.parametrize(
    ("before", "spoken", "found"),
    [
        ("small", 0.2, [(1.2, 1.7, "boat")]),
        ("small.", 0.2, []),
        ("um,", 0.2, []),
        ("small", 0.6, []),
    ],
    ids=["a sound, silence, the word", "a new sentence", "after a filled pause", "a long sound"],
)
def test_short_sound_before_a_silence_is_a_word_in_which_one_is_stuck(before, spoken, found):
    words = [Word("the", 0.5, 0.8), Word(before, 0.8, 1.1), Word("boat", 1.7, 2.0)]
    speech = [Span(0.5, 1.1), Span(1.2, 1.2 + spoken), Span(1.7, 2.0)]
    silent = Sound(0, np.zeros(70, np.int16), np.zeros(70, np.int16), 0, 1.0, 1.0)
    rules = language("en")
    hesitations = {1} if rules.is_filled_pause(before) else set()
    blocks = find_blocks((), speech, words, hesitations, rules, silent)
    assert [(*block.span, block.text) for block in blocks] == found
