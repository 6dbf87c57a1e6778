"""The analysis of one recording: its stages in order, and all of them at once.

decode -> detect_speech -> plan_blocks -> transcribe each -> merge -> measure -> feedback. Every
stage takes and gives plain values that can be stored, so a run can stop after any of them and go on
in another process.
"""

import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from analysis import audio
from analysis.errors import AnalysisError
from analysis.feedback import History, choose
from analysis.hesitations import ear_for, hear
from analysis.hesitations.text import with_heard
from analysis.languages import language as rules_of
from analysis.measuring import measure, measure_text
from analysis.options import AnalysisOptions
from analysis.report import Feedback, Report
from analysis.sound import Sound, listen, merge_sounds
from analysis.timeline import Span
from analysis.vad import as_floats, detect_speech
from analysis.windows import plan_blocks, plan_windows
from analysis.word_times import settle
from engines.transcribers import (
    SAMPLE_RATE,
    States,
    Transcriber,
    TranscriberError,
    TranscriberOptions,
    Transcript,
    make,
)

__all__ = [
    "detect_speech",
    "feedback",
    "listen",
    "measure",
    "measure_file",
    "measure_text",
    "merge",
    "merge_sounds",
    "pacing_paragraph",
    "plan_blocks",
    "provenance",
    "require_speech",
    "transcribe",
]

# What a muted input leaves is rounding and dither: below 65 of 32,768.
SILENT_BELOW = 0.002

Progress = Callable[[str, float], None]

# How filled pauses are found. "sound": heard by the recogniser's encoder, and then words need no
# prompt, which costs some of them; without such an encoder, prompted words and the sound are
# weighed. "words": only as they are written with the prompt. "unprompted": not even that.
FillersBy = Literal["sound", "words", "unprompted"]


def require_speech(level: float, speech: Sequence[Span]) -> None:
    """Refuse what holds nothing to analyse. `level`: the largest sample, 0-1.

    Raises AnalysisError `silent` or `no_speech`.
    """
    if level < SILENT_BELOW:
        raise AnalysisError("silent", detail="The recording is silent.")
    if not speech:
        raise AnalysisError("no_speech", detail="There is sound, but nobody speaks.")


def transcribe(
    samples: NDArray[np.int16],
    block: Span,
    options: AnalysisOptions,
    transcriber: Transcriber,
    *,
    speech: Sequence[Span] | None = None,
    language: str | None = None,
    on_progress: Callable[[float], None] | None = None,
    fillers: FillersBy = "sound",
    on_states: States | None = None,
) -> Transcript:
    """Recognise one block of a recording's samples; times count from the recording's start.

    `speech`: all of the recording's speech, found again inside the block where it is not given.
    `language`: the one an earlier block turned out to be in, when none was declared.
    `on_progress` is given how much of the block is done, 0-1. `on_states` is given the encoder's
    states in place of the ear for filled pauses. Raises AnalysisError.
    """
    first = round(block.start * SAMPLE_RATE)
    part = np.asarray(samples[first : round(block.end * SAMPLE_RATE)])
    here = Span(0.0, len(part) / SAMPLE_RATE)
    if speech is None:
        inside = detect_speech(part)
    else:
        inside = tuple(
            Span(max(0.0, span.start - block.start), min(here.end, span.end - block.start))
            for span in speech
            if span.overlap(block) > 0
        )
    sound = as_floats(part)
    windows = plan_windows(inside, here, part)
    chosen = options.language or language
    ear = ear_for(transcriber.encoder) if fillers == "sound" else None
    prompted = fillers != "unprompted" and ear is None
    try:
        if chosen is None and windows:
            start, end = windows[0]
            guess = transcriber.language_of(
                sound[int(start * SAMPLE_RATE) : int(end * SAMPLE_RATE)]
            )
            chosen = guess[0] if guess else None
        heard = transcriber.transcribe(
            sound,
            language=chosen,
            prompt=rules_of(chosen).prompt if chosen and prompted else None,
            windows=windows,
            on_progress=on_progress,
            on_states=on_states or ear,
        )
    except TranscriberError as error:
        raise as_analysis_error(error) from error
    if heard.timing == "words":
        words = settle(heard.words, inside)
        if fillers == "sound":
            words = hear(words, sound, inside, rules_of(heard.language), ear)
        heard = replace(heard, words=words, text=with_heard(heard.text, words))
    return _shifted(heard, block.start)


def as_analysis_error(error: TranscriberError) -> AnalysisError:
    """A recogniser's failure in the analysis's terms."""
    return AnalysisError(error.code, permanent=error.permanent, detail=error.detail)


def merge(transcripts: Sequence[Transcript]) -> Transcript:
    """One transcript from those of the blocks in order; the language of most words wins."""
    if not transcripts:
        return Transcript("", "", None, (), "words")
    main = max(transcripts, key=lambda transcript: len(transcript.text))
    same = [t for t in transcripts if t.language == main.language]
    weights = [len(t.text) or 1 for t in same]
    confidences = [t.language_confidence for t in same]
    timings = {t.timing for t in transcripts}
    worst = next(timing for timing in ("text", "segments", "words") if timing in timings)
    return Transcript(
        text=" ".join(t.text for t in transcripts if t.text),
        language=main.language,
        language_confidence=_weighted(confidences, weights),
        words=() if worst == "text" else tuple(word for t in transcripts for word in t.words),
        timing=worst,
        heard_language=main.heard_language,
    )


def feedback(report: Report, history: History = (), said: Sequence[str] = ()) -> Feedback:
    """What to keep and what to practise next.

    `history`: values by measure name of one's earlier recordings of the same kind and formula
    version, oldest first. `said`: ids of the sentences that feedback on one's last recordings held,
    oldest first: the same words are not said twice in a row.
    """
    return choose(report, history, said)


def pacing_paragraph(report: Report) -> str:
    """Pace, pauses and fillers of a report in a few English sentences."""
    return " ".join(sentence.text for sentence in report.pacing)


def measure_file(
    path: Path, options: AnalysisOptions, on_progress: Progress | None = None
) -> Report:
    """The whole analysis of one file.

    `on_progress` is given the stage ("decode", "transcribe", "measure", "feedback") and how much of
    it is done, 0-1. Raises AnalysisError.
    """
    tell = on_progress or (lambda _stage, _done: None)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        tell("decode", 0.0)
        recording = audio.decode(path, Path(folder) / "samples", options.limits)
        samples = recording.samples()
        speech = detect_speech(samples, lambda done: tell("decode", done))
        require_speech(audio.level(samples), speech)
        del samples  # what was touched of them counts as memory
        transcriber = _loaded(options.transcriber)
        transcript, sound = _hear_blocks(
            recording, plan_blocks(speech, recording.duration), speech, options, transcriber, tell
        )
    tell("measure", 0.0)
    report = measure(
        transcript,
        speech,
        recording.duration,
        options,
        sound=sound,
        facts={
            "truncated": recording.truncated,
            "mix": recording.mix,
            "sample_rate": recording.sample_rate,
        },
        engine=provenance(transcriber, recording.duration, time.perf_counter() - began),
    )
    tell("feedback", 0.0)
    return replace(report, feedback=feedback(report))


def provenance(transcriber: Transcriber, duration: float, seconds: float) -> dict[str, Any]:
    """What a report was made with: engine, versions, how long it took for how much."""
    packages = ("faster-whisper", "ctranslate2", "onnxruntime", "swift-f0", "av", "numpy")
    return {
        "model": transcriber.name,
        "leaves_machine": transcriber.leaves_machine,
        "seconds": round(seconds, 2),
        "realtime_factor": round(seconds / duration, 4) if duration else None,
        "versions": {
            "python": platform.python_version(),
            **{package: version(package) for package in packages},
        },
    }


def _loaded(options: TranscriberOptions) -> Transcriber:
    try:
        return make(options)
    except TranscriberError as error:
        raise as_analysis_error(error) from error


def _hear_blocks(
    recording: audio.Recording,
    blocks: Sequence[Span],
    speech: Sequence[Span],
    options: AnalysisOptions,
    transcriber: Transcriber,
    tell: Progress,
) -> tuple[Transcript, Sound | None]:
    heard: list[Transcript] = []
    sounds: list[Sound] = []
    tell("transcribe", 0.0)
    for block in blocks:
        # Mapped anew, so that what earlier blocks touched is given back: a mapping keeps it all.
        samples = recording.samples()
        sounds.append(listen(samples, block, speech))
        heard.append(
            transcribe(
                samples,
                block,
                options,
                transcriber,
                speech=speech,
                language=heard[0].language if heard else None,
                on_progress=lambda done: tell("transcribe", (len(heard) + done) / len(blocks)),
            )
        )
    return merge(heard), merge_sounds(sounds)


def _shifted(transcript: Transcript, seconds: float) -> Transcript:
    words = tuple(
        replace(word, start=round(word.start + seconds, 3), end=round(word.end + seconds, 3))
        for word in transcript.words
    )
    return replace(transcript, words=words)


def _weighted(values: Sequence[float | None], weights: Sequence[int]) -> float | None:
    known = [(value, weight) for value, weight in zip(values, weights, strict=True) if value]
    if not known:
        return None
    return round(sum(v * w for v, w in known) / sum(w for _, w in known), 3)
