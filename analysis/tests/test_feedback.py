"""Feedback from reports of talks made up word by word, so that every number is known."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import engine
from analysis.messages import TEMPLATES, render
from analysis.options import AnalysisOptions
from analysis.report import Reliability
from analysis.timeline import Span
from engines.transcribers import Transcript, Word


def report_of(sentences, *, gap=0.6, second_a_word=0.35, language="en", heard=None):
    """Sentences spoken evenly, with a silence after each."""
    words, speech, at = [], [], 0.5
    for sentence in sentences:
        start = at
        for token in sentence.split():
            words.append(Word(token, round(at, 2), round(at + second_a_word, 2), 0.9))
            at += second_a_word
        speech.append(Span(start, at))
        at += gap
    transcript = Transcript(
        " ".join(sentences), language, 0.1 if heard else 0.95, tuple(words), "words", heard
    )
    return engine.measure(transcript, speech, at, AnalysisOptions(language=language))


CLEAN = "We set out to do one thing well."
UM = "Um, we set out to do one thing well."


def test_feedback_on_fillers_counts_hears_and_sets_a_goal():
    report = report_of([UM] * 8)
    said = engine.feedback(report)
    assert said.measure == "filled_pauses"
    assert said.focus.text.startswith("Let the sentence end. All of the 8 ums and uhs")
    assert any(said.clip.start <= event.start <= said.clip.end for event in report.events)
    assert said.drill.text
    assert "a minute or fewer" in said.goal.text
    assert said.comparison.id == "compare_early"


def test_feedback_compares_with_the_median_of_ones_own_last_five():
    history = [{"filled_pauses": value} for value in (30.0, 9.0, 8.0, 7.0, 6.0, 5.0)]
    said = engine.feedback(report_of([UM] * 8), history)
    assert said.comparison.params["median"] == "7"
    assert said.comparison.params["count"] == 5


def test_feedback_finds_the_phrase_that_comes_most():
    said = engine.feedback(report_of(["We went, you know, to see the old mill."] * 7, gap=1.2))
    assert said.measure == "lexical_fillers"
    assert "“you know”" in said.focus.text
    assert said.goal.params["count"] == 3


@pytest.mark.parametrize(("second_a_word", "focus"), [(0.2, "focus_fast"), (0.9, "focus_slow")])
def test_feedback_on_pace_names_the_range(second_a_word, focus):
    said = engine.feedback(report_of([CLEAN] * 14, second_a_word=second_a_word))
    assert said.focus.id == focus
    report = report_of([CLEAN] * 14, second_a_word=second_a_word)
    assert said.goal.params["rate"] == round(report.value("speech_rate")) + (
        -20 if focus == "focus_fast" else 20
    )
    assert said.clip.length == pytest.approx(10, abs=5)


def test_feedback_on_pauses_inside_clauses():
    said = engine.feedback(report_of(["We set out to do", "one thing well."] * 8))
    assert said.measure == "mid_clause_share"
    assert said.focus.text.endswith("Eight of the 15 pauses fall inside a clause.")


def test_feedback_praises_only_with_evidence_and_not_what_it_asks_to_change():
    said = engine.feedback(report_of([UM] * 8))
    assert said.strength.id == "keep_pauses"
    assert said.strength.text.startswith("All of the 7 pauses stand between clauses")


def test_feedback_leaves_a_good_talk_alone():
    said = engine.feedback(report_of([CLEAN] * 12))
    assert said.focus.id == "focus_nothing"
    assert said.clip is None


@pytest.mark.parametrize(
    "report",
    [
        report_of([CLEAN]),
        report_of([CLEAN] * 12, heard="de"),
    ],
    ids=["too short", "another language"],
)
def test_feedback_says_nothing_where_the_numbers_mean_nothing(report):
    said = engine.feedback(report)
    assert (said.focus, said.strength, said.clip) == (None, None, None)


def test_fillers_are_estimated_and_never_praised_as_few_where_they_were_not_measured():
    said = "Wir haben eine Sache gut gemacht."
    for number in (0, 12):
        report = report_of(
            [f"Ähm, {said}"] * number + [said] * (12 - number), language="de", second_a_word=0.6
        )
        assert report.value("filled_pause_count") == number
        trust = report.measure("filled_pauses").reliability
        assert trust.level == "estimated"
        assert "English only" in trust.reason
        strength = engine.feedback(report).strength
        assert strength is None or not strength.id.startswith(("keep_few", "keep_no"))


def test_messages_translate_by_id_and_plural():
    translated = render(
        "pace_fillers",
        {"count": 2, "rate": "1.5"},
        translate_plural=lambda one, many, count: f"[{count}] {many}",
    )
    assert translated == "[2] There were 2 fillers, 1.5 a minute."
    assert all("!" not in text for entry in TEMPLATES.values() for text in entry)


def test_feedback_never_says_all_is_well_where_a_leading_number_lies_outside_its_range():
    hurried = report_of([CLEAN] * 12, gap=0.3)
    said = engine.feedback(hurried)
    assert hurried.measure("pause_share").band.position == "below"
    assert said.focus.id == "focus_little_silence"
    assert said.clip.length > 0


def test_feedback_adds_up_fillers_of_different_kinds():
    mixed = report_of(
        [UM, "We went, you know, to see the old mill.", *[CLEAN] * 6, "I mean, it was old."] * 2,
        gap=0.8,
    )
    said = engine.feedback(mixed)
    assert mixed.value("fillers") > 5
    assert said.measure in {"fillers", "filled_pauses"}


@pytest.mark.parametrize(
    ("name", "talk"),
    [
        ("speech_rate", {"sentences": [CLEAN] * 14, "second_a_word": 0.9}),
        ("pause_share", {"sentences": [CLEAN] * 14, "gap": 0.05}),
        ("mid_clause_share", {"sentences": ["We set out to do one"] * 14, "gap": 0.9}),
        ("lexical_fillers", {"sentences": ["We went, you know, to the old mill."] * 9}),
    ],
)
def test_feedback_never_advises_on_a_number_that_cannot_be_trusted(name, talk):
    report = report_of(**talk)
    assert engine.feedback(report).measure == name
    doubted = replace(
        report,
        measures=tuple(
            replace(measure, reliability=Reliability("low", ""))
            if measure.name == name
            else measure
            for measure in report.measures
        ),
    )
    assert engine.feedback(doubted).measure != name


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    sentences=st.lists(
        st.sampled_from([CLEAN, UM, "We went, you know, to the mill.", "And so we we left, and"]),
        min_size=8,
        max_size=24,
    ),
    gap=st.sampled_from([0.26, 0.6, 1.6]),
    second_a_word=st.sampled_from([0.2, 0.35, 0.8]),
)
def test_every_focus_but_that_nothing_needs_mending_can_be_heard(sentences, gap, second_a_word):
    report = report_of(sentences, gap=gap, second_a_word=second_a_word)
    said = engine.feedback(report)
    if said.focus is None or said.focus.id.startswith("focus_nothing"):
        return
    assert said.clip is not None
    assert 0 <= said.clip.start < said.clip.end <= report.duration_seconds
    measure = report.measure(said.measure)
    assert measure.value is not None
    assert measure.reliability.level != "low"
    if measure.evidence:
        assert any(said.clip.overlap(span) > 0 for span in measure.evidence)
