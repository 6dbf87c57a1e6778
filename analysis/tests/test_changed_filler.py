"""One filler more or less in what was heard, and every number that rests on it changes with it.

Nothing is counted twice: the number on a page, the sentence beside it and the advice below it come
from the same words.
"""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from analysis import engine
from analysis.options import AnalysisOptions
from analysis.report import Report
from analysis.timeline import Span
from engines.transcribers import Transcript

HEARD = Path(__file__).parent / "data" / "spontaneous.json"
# Rates and counts of fillers, and what counts all syllables; everything else must stay.
MOVES = {
    "filled_pauses",
    "filled_pause_count",
    "fillers",
    "filler_count",
    "syllables",
    "articulation_rate",
    "mean_length_of_run",
}


def measured(heard: dict) -> Report:
    """The report of what was heard, through JSON and back as a page gets it."""
    report = engine.measure(
        Transcript.from_json(heard["transcript"]),
        [Span(*span) for span in heard["speech"]],
        heard["duration"],
        AnalysisOptions(language="en"),
    )
    whole = replace(report, feedback=engine.feedback(report))
    return Report.from_json(json.loads(json.dumps(whole.to_json())))


def heard() -> dict:
    return json.loads(HEARD.read_text(encoding="utf-8"))


def fillers_in(data: dict) -> list[int]:
    words = data["transcript"]["words"]
    return [at for at, word in enumerate(words) if re.fullmatch(r"u[hm]\W*", word["text"].lower())]


def values(report: Report) -> dict[str, float | None]:
    return {measure.name: measure.value for measure in report.measures}


@pytest.fixture(scope="module")
def before() -> Report:
    return measured(heard())


@pytest.mark.parametrize("which", range(5))
def test_numbers_follow_when_a_filler_is_taken_out(before, which):
    data = heard()
    del data["transcript"]["words"][fillers_in(data)[which]]
    after = measured(data)
    old, new = values(before), values(after)
    minutes = before.value("speaking_time") / 60
    assert old["filled_pause_count"] == 5
    assert new["filled_pause_count"] == new["filler_count"] == 4
    assert new["filled_pauses"] == new["fillers"] == pytest.approx(4 / minutes, abs=0.001)
    assert new["syllables"] == old["syllables"] - 1
    assert new["articulation_rate"] < old["articulation_rate"]
    assert new["mean_length_of_run"] < old["mean_length_of_run"]
    # Filled pauses are no words, so the pace stays; which pauses are mid-clause may not.
    changed = {name for name in new if new[name] != old[name]}
    assert MOVES <= changed <= MOVES | {"mid_clause_share"}


def test_marks_and_evidence_follow_when_a_filler_is_taken_out(before):
    data = heard()
    at = fillers_in(data)[2]
    gone = data["transcript"]["words"].pop(at)
    after = measured(data)
    marks = {(event.start, event.end) for event in after.events_of("filled_pause")}
    assert len(before.events_of("filled_pause")) == 5
    assert len(marks) == 4
    assert (gone["start"], gone["end"]) not in marks
    for name in ("filled_pauses", "filled_pause_count", "fillers", "filler_count"):
        assert len(before.measure(name).evidence) == 5
        assert len(after.measure(name).evidence) == 4
    for event in after.events_of("filled_pause"):
        assert re.match(r"u[hm]", after.words[event.first_word].text.lower())


def test_sentences_follow_when_a_filler_is_taken_out(before):
    data = heard()
    del data["transcript"]["words"][fillers_in(data)[2]]
    after = measured(data)
    for report, count in ((before, 5), (after, 4)):
        rate = report.value("fillers")
        paragraph = engine.pacing_paragraph(report)
        assert f"There were {count} fillers, {rate:.1f}".removesuffix(".0") in paragraph
        assert report.feedback.measure == "filled_pauses"
        assert report.feedback.focus.params["count"] == count
        assert f"{report.value('filled_pauses'):.1f}".removesuffix(".0") in report.feedback.why.text
    assert before.feedback.goal.params != after.feedback.goal.params


def test_numbers_follow_when_a_filler_turns_out_to_be_a_word(before):
    data = heard()
    data["transcript"]["words"][fillers_in(data)[2]]["text"] = "old"
    after = measured(data)
    assert after.value("filled_pause_count") == 4
    assert after.value("words") == before.value("words") + 1
    minutes = before.value("speaking_time") / 60
    assert after.value("speech_rate") == pytest.approx(after.value("words") / minutes, abs=0.001)
    assert f"{after.value('speech_rate'):.0f} words a minute" in engine.pacing_paragraph(after)


def test_numbers_follow_when_a_filler_is_added(before):
    data = heard()
    words = data["transcript"]["words"]
    first, second = next(
        (at, at + 1)
        for at in range(len(words) - 1)
        if words[at + 1]["start"] - words[at]["end"] > 0.3
    )
    start = words[first]["end"] + 0.05
    words.insert(second, {**words[first], "text": "um", "start": start, "end": start + 0.2})
    after = measured(data)
    assert after.value("filled_pause_count") == 6
    assert after.value("words") == before.value("words")
    assert "There were 6 fillers" in engine.pacing_paragraph(after)
    assert after.feedback.focus.params["count"] == 6
