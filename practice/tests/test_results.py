"""What a practice came to, reckoned from reports of words whose times are written down."""

import pytest

from practice.results import Target, filler_free, ladder
from speech_sessions.tests.reported import report_of

WORD_SECONDS = 0.3


def said_at(words_per_minute: int, seconds: int) -> str:
    """Words of 0.3 s, each followed by the silence that makes this pace."""
    count = round(words_per_minute * seconds / 60)
    silence = 60 / words_per_minute - WORD_SECONDS
    return f" /{silence:.3f}/ ".join(["word"] * count)


def test_filler_free_finds_each_filler_and_the_longest_stretch_without_one():
    found = filler_free(report_of().to_json())
    assert found is not None
    assert [heard.text for heard in found.fillers][:2] == ["um", "uh"]
    edges = [0.5, *(edge for heard in found.fillers for edge in (heard.start, heard.end))]
    gaps = [after - before for before, after in zip(edges[::2], edges[1::2], strict=False)]
    assert found.longest >= max(gaps)
    assert found.longest_from >= found.fillers[0].start
    assert found.a_minute == pytest.approx(60 * len(found.fillers) / found.talk)


def test_filler_free_is_one_stretch_when_nothing_was_heard():
    found = filler_free(report_of(said_at(120, 30)).to_json())
    assert found is not None
    assert found.fillers == ()
    assert found.longest == pytest.approx(found.talk)


def test_filler_free_says_nothing_when_the_recording_is_short_or_only_text():
    assert filler_free(report_of("Only a few words here.").to_json()) is None
    document = report_of().to_json()
    document["transcript"]["timing"] = "text"
    assert filler_free(document) is None


def test_ladder_tells_the_pace_of_each_rung_against_its_target():
    document = report_of(f"{said_at(120, 30)} /0.2/ {said_at(180, 30)}").to_json()
    middle = 30.3
    rungs = ladder(
        document,
        [
            Target("Slow", 120, 0, middle),
            Target("Calm", 140, middle, 61),
            Target("Own", None, middle, 61),
            Target("Not recorded", 160, None, None),
            Target("Too short", 160, 0, 10),
        ],
    )
    assert [rung.verdict for rung in rungs] == ["held", "faster", None, "too_early", "too_early"]
    assert rungs[0].pace == pytest.approx(120, abs=4)
    assert rungs[1].pace == pytest.approx(180, abs=6)
    assert rungs[3].pace is None


def test_ladder_is_slower_below_its_target_and_unknown_without_a_report():
    document = report_of(said_at(120, 30)).to_json()
    assert ladder(document, [Target("Lively", 160, 0, 31)])[0].verdict == "slower"
    assert ladder(None, [Target("Lively", 160, 0, 31)])[0].verdict == "too_early"
