"""What each stage of a run computes; each ends by passing the run on, in one write."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone
from numpy.typing import NDArray

from analysis import audio, engine
from analysis.options import AnalysisOptions
from analysis.report import Report
from analysis.sound import Sound
from analysis.timeline import Span
from engines.transcribers import Transcriber, TranscriberError, Transcript, make
from speech_sessions.models import AnalysisRun, TranscribedBlock
from speech_sessions.pipeline import (
    claims,
    engine_options,
    other_words,
    progress,
    results,
    working_files,
)
from speech_sessions.selectors.history import earlier_values, last_said, last_sentences

PEAKS = 1000
OUTLINE = 28
# After this long the rest of a recording goes to a new task, far below the time limit of one.
TASK_SECONDS = 600.0


def work(run: AnalysisRun) -> None:
    """Do the stage that `run` stands at. Raises AnalysisError and claims.LeaseLost."""
    _STAGES[AnalysisRun.Stage(run.stage)](run)


def decode(run: AnalysisRun) -> None:
    """Read the recording once: its length, its waveform, where somebody speaks.

    What was found is kept and shown even where it is not worth analysing.
    """
    report = progress.reporter(run)
    recording = _decoded(run, lambda done: report(done * 0.8))
    samples = recording.samples()
    speech = engine.detect_speech(samples, lambda done: report(0.8 + done * 0.2))
    level = audio.level(samples)
    run.recording = {
        "duration": recording.duration,
        "container": recording.container,
        "codec": recording.codec,
        "truncated": recording.truncated,
        "mix": recording.mix,
        "sample_rate": recording.sample_rate,
        "level": round(level, 4),
        "peaks": audio.peaks(samples, PEAKS),
        "speech": [list(span) for span in speech],
        "blocks": [list(block) for block in engine.plan_blocks(speech, recording.duration)],
    }
    with transaction.atomic():
        session = results.locked_session(run)
        claims.write(run, recording=run.recording)
        results.show_recording(session, recording.duration, audio.peaks(samples, OUTLINE))
    engine.require_speech(level, speech)
    pass_on(run, AnalysisRun.Stage.TRANSCRIBE)


def transcribe(run: AnalysisRun) -> None:
    """Write down block after block, each kept as soon as it is there."""
    blocks = [Span(*block) for block in run.recording["blocks"]]
    speech = [Span(*span) for span in run.recording["speech"]]
    options = engine_options.options_of(run.session)
    transcriber = _transcriber(options)
    samples = _samples(run)
    heard = {block.number: block for block in run.blocks.all()}
    report = progress.reporter(run)
    began = time.monotonic()
    for number, block in enumerate(blocks):
        if number in heard:
            continue
        if time.monotonic() - began > TASK_SECONDS:
            pass_on(run, AnalysisRun.Stage.TRANSCRIBE)
            return
        started = time.monotonic()
        transcript = engine.transcribe(
            samples,
            block,
            options,
            transcriber,
            speech=speech,
            language=heard[0].transcript["language"] if 0 in heard else None,
            on_progress=lambda done: report((len(heard) + done) / len(blocks)),
        )
        sound = engine.listen(samples, block, speech)
        seconds = time.monotonic() - started
        heard[number] = _keep(run, number, block, (transcript, sound), seconds)
        done = max(run.progress, progress.percent(run.stage, len(heard) / len(blocks)))
        progress.tell(run, progress=done)
    taken = sum(block.seconds for block in heard.values())
    made_by = engine.provenance(transcriber, run.recording["duration"], taken)
    working_files.remove(run)
    pass_on(run, AnalysisRun.Stage.MEASURE, recording={**run.recording, "engine": made_by})


def measure(run: AnalysisRun) -> None:
    """From words and speech to numbers."""
    session = run.session
    options = engine_options.options_of(session)
    if session.audio_file:
        blocks = list(run.blocks.all())
        # A block stored before sounds were kept has none; then nothing is said of the voice.
        sounds = [Sound.from_json(block.sound) for block in blocks if block.sound]
        report = engine.measure(
            engine.merge([Transcript.from_json(block.transcript) for block in blocks]),
            [Span(*span) for span in run.recording["speech"]],
            run.recording["duration"],
            options,
            sound=engine.merge_sounds(sounds) if len(sounds) == len(blocks) else None,
            facts=run.recording,
            engine=run.recording["engine"],
        )
    else:
        report = engine.measure_text(session.transcription, session.duration or None, options)
    pass_on(run, AnalysisRun.Stage.FEEDBACK, measured=report.to_json())


def feedback(run: AnalysisRun) -> None:
    """What to keep and what to practise, against one's own last recordings; then it is done."""
    assert run.measured is not None  # the stage before stored it
    report = Report.from_json(run.measured)
    history = earlier_values(run.session, results.version_of(report))
    chosen = engine.feedback(report, history, last_said(run.session))
    worded = other_words.in_other_words(report, chosen, last_sentences(run.session))
    results.finish(run, replace(report, feedback=worded))


def pass_on(run: AnalysisRun, stage: AnalysisRun.Stage, **values: Any) -> None:
    """Let whoever is next go on with `stage`; something was achieved, so attempts start anew."""
    progress.tell(
        run,
        stage=stage,
        progress=max(run.progress, progress.percent(stage, 0)),
        attempt=0,
        worker="",
        lease_until=timezone.now(),
        sent_at=None,
        **values,
    )


def _decoded(run: AnalysisRun, report: Callable[[float], None]) -> audio.Recording:
    """Decode the run's recording into its working file, and say what it is."""
    working_files.sweep()
    target = working_files.path_of(run)
    partial = target.with_suffix(f".{run.worker.rpartition(':')[2]}")
    with working_files.original(run) as source:
        try:
            recording = audio.decode(
                source,
                partial,
                engine_options.limits(),
                # A browser's file does not say how long it is: half done after ten minutes of it.
                lambda seconds: report(seconds / (seconds + 600)),
            )
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    return replace(recording, path=target)


def _samples(run: AnalysisRun) -> NDArray[np.int16]:
    """The run's samples; decoded again where another machine did it first."""
    path = working_files.path_of(run)
    if path.exists():
        return np.memmap(path, dtype=np.int16, mode="r")
    return _decoded(run, lambda done: None).samples()


def _transcriber(options: AnalysisOptions) -> Transcriber:
    try:
        return make(options.transcriber)
    except TranscriberError as error:
        raise engine.as_analysis_error(error) from error


def _keep(
    run: AnalysisRun, number: int, block: Span, heard: tuple[Transcript, Sound], seconds: float
) -> TranscribedBlock:
    """Store a block as the run's worker; attempts start anew."""
    with transaction.atomic():
        claims.write(run, attempt=0, lease_until=timezone.now() + claims.LEASE)
        kept, _ = TranscribedBlock.objects.get_or_create(
            run=run,
            number=number,
            defaults={
                "start": block.start,
                "end": block.end,
                "seconds": round(seconds, 3),
                "transcript": heard[0].to_json(),
                "sound": heard[1].to_json(),
            },
        )
    return kept


_STAGES: dict[AnalysisRun.Stage, Callable[[AnalysisRun], None]] = {
    AnalysisRun.Stage.DECODE: decode,
    AnalysisRun.Stage.TRANSCRIBE: transcribe,
    AnalysisRun.Stage.MEASURE: measure,
    AnalysisRun.Stage.FEEDBACK: feedback,
}
