"""From words, speech and facts about the recording to its report."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from analysis import bands, reliability, wording
from analysis.blocks import find_blocks
from analysis.condition import condition_of
from analysis.events import events
from analysis.findings import Found, find
from analysis.measures import FORMULA_VERSION, measures
from analysis.notices import notices
from analysis.options import AnalysisOptions
from analysis.pacing import pacing_sentences
from analysis.report import Report
from analysis.sound import Sound
from analysis.timeline import Span
from analysis.voice import hear, series
from engines.transcribers import Transcript


def measure(
    transcript: Transcript,
    speech: Sequence[Span],
    duration: float,
    options: AnalysisOptions,
    *,
    sound: Sound | None = None,
    facts: Mapping[str, Any] | None = None,
    engine: Mapping[str, Any] | None = None,
) -> Report:
    """The report of a heard recording, still without feedback.

    `duration` in seconds. `sound`: its pitch and loudness, without which nothing is said of the
    voice. `facts`: what decoding said of the file (`truncated`, `mix`, `sample_rate`), for the
    notices. `engine`: what is known of the run, for the report. Rates are None under 15 s of
    speech or 30 words.
    """
    found = find(transcript, speech, duration, options.reference)
    words = transcript.words if transcript.timing == "words" else ()
    found = replace(
        found,
        voice=hear(sound, speech, words),
        condition=condition_of(sound, speech, duration, facts or {}),
        blocks=find_blocks(found.pauses, speech, words, found.hesitations, found.rules, sound)
        if sound
        else (),
    )
    return _report(found, speech, options, facts or {}, engine or {})


def measure_text(text: str, duration: float | None, options: AnalysisOptions) -> Report:
    """The report of a written transcript: fillers, repetitions, and pace where `duration` is given.

    Nothing that needs the sound is measured; events have no times.
    """
    transcript = Transcript(text, options.language or "en", None, (), "text")
    return _report(find(transcript, (), duration or 0.0, options.reference), (), options, {}, {})


def _report(
    found: Found,
    speech: Sequence[Span],
    options: AnalysisOptions,
    facts: Mapping[str, Any],
    engine: Mapping[str, Any],
) -> Report:
    transcript = found.transcript
    seen = reliability.gather(transcript, speech, found.rules, found.condition)
    values = bands.with_own(measures(found, seen, options.kind), options.ranges)
    return Report(
        duration_seconds=round(found.duration, 2),
        language=transcript.language,
        kind=options.kind,
        text=transcript.text,
        words=transcript.words,
        timing=transcript.timing,
        language_confidence=transcript.language_confidence,
        measures=values,
        events=events(found),
        series={"local_pace": found.local_pace, **series(found.voice)},
        wording=wording.lists(found.words, found.choice, found.repetitions, timed=found.timed),
        engine={"formula_version": FORMULA_VERSION, **engine},
        pacing=tuple(pacing_sentences(values, found.local_pace)),
        notices=tuple(notices(found, seen, facts)),
    )
