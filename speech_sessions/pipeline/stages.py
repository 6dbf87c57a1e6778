"""What each stage of a run computes; each ends by passing the run on, in one write."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import timezone

from analysis import audio, vad, windows
from analysis.options import Limits
from speech_sessions.models import AnalysisRun
from speech_sessions.pipeline import progress, working_files

PEAKS = 1000
OUTLINE = 28


def work(run: AnalysisRun) -> None:
    """Do the stage that `run` stands at. Raises AnalysisError and claims.LeaseLost."""
    _STAGES[AnalysisRun.Stage(run.stage)](run)


def limits() -> Limits:
    """What a recording may be, from the settings."""
    return Limits(max_seconds=settings.MAX_RECORDING_SECONDS, max_bytes=settings.MAX_UPLOAD_BYTES)


def decode(run: AnalysisRun) -> None:
    """Read the recording once: its length, its outline, where somebody speaks."""
    report = progress.reporter(run)
    recording = decoded(run, lambda done: report(done * 0.8))
    samples = recording.samples()
    speech = vad.detect_speech(samples, lambda done: report(0.8 + done * 0.2))
    facts = {
        "duration": recording.duration,
        "container": recording.container,
        "codec": recording.codec,
        "truncated": recording.truncated,
        "mix": recording.mix,
        "level": round(audio.level(samples), 4),
        "peaks": audio.peaks(samples, PEAKS),
        "outline": audio.peaks(samples, OUTLINE),
        "speech": [list(span) for span in speech],
        "blocks": [list(block) for block in windows.plan_blocks(speech, recording.duration)],
    }
    pass_on(run, AnalysisRun.Stage.TRANSCRIBE, recording=facts)


def decoded(run: AnalysisRun, report: Callable[[float], None]) -> audio.Recording:
    """Decode the run's recording into its working file, and say what it is."""
    working_files.sweep()
    target = working_files.path_of(run)
    partial = target.with_suffix(f".{run.worker.rpartition(':')[2]}")
    with working_files.original(run) as source:
        try:
            recording = audio.decode(
                source,
                partial,
                limits(),
                # A browser's file does not say how long it is: so far of an hour, at most.
                lambda seconds: report(seconds / (seconds + 600)),
            )
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    return replace(recording, path=target)


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


_STAGES: dict[AnalysisRun.Stage, Callable[[AnalysisRun], None]] = {
    AnalysisRun.Stage.DECODE: decode,
}
