import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.timeline import Span
from analysis.windows import BLOCK_SECONDS, WINDOW_SECONDS, plan_blocks, plan_windows


@st.composite
def talks(draw):
    """Stretches of speech with silences between, and the recording's length."""
    spans, at = [], 0.0
    for silence, spoken in draw(
        st.lists(st.tuples(st.floats(0.1, 60), st.floats(0.1, 70)), min_size=1, max_size=60)
    ):
        spans.append(Span(at + silence, at + silence + spoken))
        at = spans[-1].end
    return spans, at + draw(st.floats(0, 5))


def covers(groups, speech):
    return all(
        sum(span.overlap(group) for group in groups) >= span.length - 1e-6 for span in speech
    )


@settings(max_examples=50, deadline=None)
@given(talks())
def test_blocks_hold_all_speech_in_at_most_five_minutes_each(talk):
    speech, duration = talk
    blocks = plan_blocks(speech, duration)
    assert covers(blocks, speech)
    assert all(block.length <= BLOCK_SECONDS for block in blocks)
    assert all(before.end <= after.start for before, after in itertools.pairwise(blocks))
    assert blocks[0].start >= 0
    assert blocks[-1].end <= duration


@settings(max_examples=50, deadline=None)
@given(talks())
def test_windows_hold_all_speech_of_a_block_in_at_most_twenty_seconds_each(talk):
    speech, duration = talk
    block = plan_blocks(speech, duration)[0]
    samples = np.zeros(int(duration * 16_000) + 1, dtype=np.int16)
    windows = plan_windows(speech, block, samples)
    inside = [span for span in speech if span.overlap(block) > 0]
    assert covers(windows, inside)
    assert all(window.length <= WINDOW_SECONDS + 1e-6 for window in windows)


def test_no_speech_makes_no_blocks():
    assert plan_blocks((), 60.0) == ()


def test_blocks_are_cut_in_a_long_silence_that_makes_no_block_more():
    speech = [Span(0, 150), Span(150.2, 190), Span(194, 340)]
    assert [round(block.end, 1) for block in plan_blocks(speech, 340)] == [190.7, 340]


def test_speech_without_a_silence_is_cut_where_it_is_quietest():
    samples = np.full(30 * 16_000, 5000, dtype=np.int16)
    samples[15 * 16_000 : int(15.1 * 16_000)] = 0
    first, _ = plan_windows([Span(0, 30)], Span(0, 30), samples)
    assert 15.0 <= first.end <= 15.1
