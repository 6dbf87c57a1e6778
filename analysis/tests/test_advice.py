"""What feedback says: never the same words twice in a row, never a number without its evidence."""

import itertools
import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import engine, phrasing
from analysis.bands import OWN, with_own
from analysis.messages import TEMPLATES, clock, plain, say, spelled, spelled_of, spoken_length
from analysis.options import KINDS, AnalysisOptions
from analysis.report import Band, Measure, Reliability
from analysis.tests.test_feedback import CLEAN, UM, report_of
from analysis.timeline import Event, Span

PARTS = ("strength", "focus", "why", "drill", "goal", "comparison")
SENTENCES = (
    CLEAN,
    UM,
    "We went, you know, to see the old mill.",
    "And uh, we we saw that it was, like, good.",
    "This part has no end and",
    "I mean, it was fine.",
    "What we found is that people come back when they are asked.",
)


def ids_of(said) -> list[str]:
    return [getattr(said, part).id for part in PARTS if getattr(said, part) is not None]


def digits(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", ["far", "near"])
def test_every_sentence_has_another_wording_for_each_kind_and_level(kind, level):
    roles = {
        phrasing.role_of(name)
        for name in TEMPLATES
        if re.match("(keep|focus|why|drill|goal|compare)_", name)
    }
    for role in roles:
        fitting = [
            name
            for name in phrasing.wordings(role)
            if kind in phrasing.KINDS.get(name, {kind})
            and phrasing.LEVELS.get(name, level) == level
        ]
        assert len(fitting) >= 2, role


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("sentences", [[UM] * 8, [CLEAN] * 14], ids=["fillers", "good"])
def test_feedback_never_repeats_its_words_from_one_report_to_the_next(kind, sentences):
    report = replace(report_of(sentences), kind=kind)
    said: list[str] = []
    last: set[str] = set()
    for _ in range(5):
        following = ids_of(engine.feedback(report, said=said))
        assert not last & set(following)
        last = set(following)
        said += following


@pytest.mark.parametrize("kind", ["talk", "interview", "conversation", "read_aloud"])
@pytest.mark.parametrize("sentences", [[UM] * 8, [CLEAN] * 14], ids=["fillers", "fast"])
def test_first_drill_is_one_made_for_the_kind_of_speech(kind, sentences):
    report = replace(report_of(sentences, second_a_word=0.2), kind=kind)
    drill = engine.feedback(report).drill
    assert kind in phrasing.KINDS[drill.id]


def test_drill_differs_with_how_far_the_goal_is():
    drills = {
        level: {
            phrasing.reworded(say("drill_fillers"), "other", level, said).id
            for said in ((), ("drill_fillers",), ("drill_fillers", "drill_fillers_2"))
        }
        for level in ("far", "near")
    }
    assert "drill_fillers_2" in drills["far"] - drills["near"]
    assert "drill_fillers_4" in drills["near"] - drills["far"]


def test_feedback_is_the_same_for_the_same_report_and_past():
    report = report_of([UM] * 8)
    assert engine.feedback(report, said=["drill_fillers"]) == engine.feedback(
        report, said=["drill_fillers"]
    )


def facts_of(report) -> set[str]:
    """Every number that a report holds, as sentences write it."""
    facts: set[str] = set()
    for measure in report.measures:
        numbers = [] if measure.value is None else [measure.value]
        if measure.band:
            numbers += [end for end in (measure.band.low, measure.band.high) if end is not None]
        for value in numbers:
            facts |= {plain(value), str(round(value)), str(round(100 * value))}
        facts |= {str(len(measure.evidence)), spelled(len(measure.evidence))}
        for span in measure.evidence:
            facts |= {clock(span.start), str(round(span.length))}
    sure = [event for event in report.events if event.tier == "sure"]
    kinds = Counter(event.type for event in sure)
    fillers = kinds["filled_pause"] + kinds["lexical_filler"]
    phrases = Counter(event.text for event in sure if event.type == "lexical_filler")
    counts = {*kinds.values(), *phrases.values(), fillers, kinds["pause"]}
    inside = report.measure("mid_clause_share")
    counts.add(kinds["pause"] - len(inside.evidence))
    before = [
        report.words[event.first_word - 1].text if event.first_word else "."
        for event in sure
        if event.type == "filled_pause"
    ]
    counts.add(sum(text.endswith((".", "!", "?")) for text in before))
    for count in counts:
        facts |= {str(count), spelled(count), spelled(count).lower()}
    talk = report.value("speaking_time") or 1
    facts |= {plain(60 * count / talk) for count in phrases.values()}
    facts |= set(digits(spoken_length(talk)))
    facts |= {str(round(pace)) for _, pace in report.series["local_pace"]}
    edges = [report.words[0].start, *(e.end for e in sure if e.type == "pause")]
    ends = [*(e.start for e in sure if e.type == "pause"), report.words[-1].end]
    for start, end in zip(edges, ends, strict=True):
        facts |= {clock(start), str(round(end - start))}
    return facts


def test_all_of_something_is_not_called_by_its_number():
    assert [spelled_of(3, 5), spelled_of(3, 3)] == ["Three", "All"]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(
    sentences=st.lists(st.sampled_from(SENTENCES), min_size=8, max_size=30),
    gap=st.sampled_from([0.26, 0.5, 0.9, 1.6]),
    second_a_word=st.sampled_from([0.2, 0.28, 0.35, 0.5, 0.8]),
    own=st.booleans(),
)
def test_feedback_holds_no_number_that_the_report_does_not(sentences, gap, second_a_word, own):
    report = report_of(sentences, gap=gap, second_a_word=second_a_word)
    if own:
        ranges = {"speech_rate": (100.0, 110.0), "filled_pauses": (None, 2.0)}
        report = replace(report, measures=with_own(report.measures, ranges))
    said = engine.feedback(report)
    facts = facts_of(report)
    for part in ("strength", "focus", "why"):
        message = getattr(said, part)
        if message is None:
            continue
        given_numbers = [
            number for value in message.params.values() for number in digits(str(value))
        ]
        assert set(digits(message.text)) <= set(given_numbers), message
        for name, value in message.params.items():
            if name != "phrase":
                known = str(value) in facts or set(digits(str(value))) <= facts
                assert known, (message, name, value)
    assert_goal_is_reachable(said, report)
    assert not digits(said.drill.text if said.drill else "")


def assert_goal_is_reachable(said, report) -> None:
    """Between where the report stands and where its range begins, never beyond."""
    if said.goal is None or "rate" not in said.goal.params:
        return
    measure = report.measure(said.measure)
    goal = float(said.goal.params["rate"])
    nearest = measure.band.high if measure.value > measure.band.high else measure.band.low
    low, high = sorted((nearest, measure.value))
    assert low - 0.51 <= goal <= high + 0.51, said.goal


def test_templates_of_advice_hold_no_figure_of_their_own():
    for name, entry in TEMPLATES.items():
        if re.match("(keep|focus|why|drill|goal|compare)_", name):
            for text in (entry,) if isinstance(entry, str) else entry:
                assert not digits(text), name


def with_measure(report, name, value, band, evidence=(), events=()):
    """The report with one more measure, as an engine that measures it would give it."""
    more = Measure(name, value, "", band, Reliability("high", ""), tuple(evidence), 2)
    kept = [measure for measure in report.measures if measure.name != name]
    return replace(report, measures=(*kept, more), events=(*report.events, *events))


def test_feedback_on_a_flat_voice_lets_one_hear_the_longest_level_stretch():
    level = [
        Event("flat_pitch", start, start + length, "", 1.0, "sure")
        for start, length in ((2.0, 3.0), (10.0, 8.0))
    ]
    band = Band("far", "below", 2.0, None, "Our estimate")
    report = with_measure(report_of([CLEAN] * 12), "pitch_variation", 1.1, band, events=level)
    said = engine.feedback(report)
    assert said.measure == "pitch_variation"
    assert said.clip.start < 10 < said.clip.end
    assert said.focus.params == {"semitones": "1.1"}
    assert said.goal.params == {"semitones": "1.6"}


def test_feedback_on_reading_asks_for_the_text():
    band = Band("far", "below", 0.95, 1.0, "Our estimate")
    slips = [Span(4.0, 4.4)]
    report = with_measure(report_of([CLEAN] * 12), "reading_accuracy", 0.8, band, slips)
    said = engine.feedback(replace(report, kind="read_aloud"))
    assert said.measure == "reading_accuracy"
    assert said.focus.params == {"percent": 80}
    assert said.goal.params == {"percent": 83}


def test_feedback_measures_against_ones_own_range_and_says_so():
    report = report_of([CLEAN] * 14)
    rate = report.value("speech_rate")
    options = AnalysisOptions("en", ranges={"speech_rate": (60.0, rate - 30)})
    words = engine.Transcript(report.text, "en", 0.95, report.words, "words")
    speech = [Span(report.words[0].start, report.words[-1].end)]
    mine = engine.measure(words, speech, report.duration_seconds, options)
    band = mine.measure("speech_rate").band
    assert (band.source, band.position) == (OWN, "above")
    said = engine.feedback(mine)
    assert said.why.id.startswith("why_fast_own")
    assert any("your own range" in sentence.text for sentence in mine.pacing)


def test_strengths_take_turns():
    report = report_of([CLEAN] * 14)
    said: list[str] = []
    praised = []
    for _ in range(3):
        feedback = engine.feedback(report, said=said)
        praised.append(phrasing.role_of(feedback.strength.id))
        said += ids_of(feedback)
    assert all(one != other for one, other in itertools.pairwise(praised))
