"""Word times beside silences."""

from analysis.timeline import Span
from analysis.word_times import settle
from engines.transcribers import Word

SPEECH = (Span(0.0, 1.0), Span(2.0, 3.0))


def settled(*times):
    words = [Word(f"w{number}", start, end, 0.9) for number, (start, end) in enumerate(times)]
    return [(word.start, word.end) for word in settle(words, SPEECH)]


def test_word_stretched_over_a_silence_keeps_the_side_where_more_of_it_sounds():
    assert settled((0.7, 1.8), (1.9, 2.5)) == [(0.7, 1.0), (2.0, 2.5)]


def test_word_that_lies_in_a_silence_stays_where_it_was_heard():
    assert settled((1.2, 1.6)) == [(1.2, 1.6)]


def test_word_is_never_moved_past_the_one_that_follows_it():
    assert settled((0.9, 2.3), (1.2, 1.6), (2.4, 2.8)) == [(0.9, 1.0), (1.2, 1.6), (2.4, 2.8)]
