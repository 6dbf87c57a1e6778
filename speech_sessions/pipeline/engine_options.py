"""What the settings and the session tell the engine."""

from typing import cast

from django.conf import settings

from analysis.errors import AnalysisError
from analysis.options import AnalysisOptions, Kind, Limits
from engines.transcribers import TranscriberOptions
from speech_sessions.models import SpeechSession
from speech_sessions.selectors.bands import own_ranges


def options_of(session: SpeechSession) -> AnalysisOptions:
    """How `session` is analysed. Raises AnalysisError where no transcriber is set up."""
    return AnalysisOptions(
        language=session.language.partition("-")[0].lower() or None,
        kind=cast("Kind", session.kind),
        transcriber=transcriber_options(),
        limits=limits(),
        reference=_script(session),
        ranges=own_ranges(session.user_id, session.kind),
    )


def _script(session: SpeechSession) -> str | None:
    """What a read-aloud or a rehearsal is held against; other kinds of speech follow no text."""
    kinds = SpeechSession.Kind
    follows = session.kind in {kinds.READ_ALOUD, kinds.PRACTICE}
    return session.script.strip() or None if follows else None


def limits() -> Limits:
    """What a recording may be."""
    return Limits(max_seconds=settings.MAX_RECORDING_SECONDS, max_bytes=settings.MAX_UPLOAD_BYTES)


def transcriber_options() -> TranscriberOptions:
    """The first of ANALYSIS_STT_PROVIDERS that is set up. Raises AnalysisError if none is."""
    for provider in settings.ANALYSIS_STT_PROVIDERS:
        if provider == "local":
            return TranscriberOptions(
                provider="faster-whisper",
                model=settings.ANALYSIS_MODEL or None,
                device=settings.ANALYSIS_DEVICE,
                compute_type=settings.ANALYSIS_COMPUTE_TYPE,
                cpu_threads=settings.ANALYSIS_THREADS,
                model_directory=settings.MODEL_DIR,
            )
        if provider == "openai" and (settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL):
            return TranscriberOptions(
                provider="openai",
                model=settings.ANALYSIS_OPENAI_MODEL,
                base_url=settings.OPENAI_BASE_URL or None,
                api_key=settings.OPENAI_API_KEY or None,
            )
    raise AnalysisError(
        "engine_unavailable",
        detail="None of ANALYSIS_STT_PROVIDERS is set up: use local, or openai with a key.",
    )
