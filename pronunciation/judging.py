"""The work on one attempt: taken for a while, done in a worker, written once."""

from datetime import timedelta
from typing import Any

import numpy as np
from django.core.files.storage import default_storage
from django.db.models import F, Q
from django.utils import timezone
from numpy.typing import NDArray

from analysis import pitch, vad
from analysis.engine import SILENT_BELOW
from analysis.errors import AnalysisError
from analysis.pronunciation import assess
from analysis.vad import FRAME, detect_speech
from engines.transcribers import Word
from pronunciation.models import Attempt
from speech import limits
from speech.encoding import encoded
from speech.results import SpeechError
from speech.samples import SAMPLE_RATE, samples_of
from speech.services import hear, speak

# A busy machine takes ten times what a quiet one does.
LEASE = timedelta(seconds=150)
MOST_TRIES = 3
# Beat leaves what was just sent to the message that was sent for it.
RESEND_AFTER = timedelta(seconds=20)
RESEND_AT_ONCE = 50
LONGEST_SECONDS = 30.0

PITCH_STEP = FRAME / vad.SAMPLE_RATE


def waiting() -> list[int]:
    """Attempts that nobody works on, oldest first."""
    now = timezone.now()
    free = Q(lease_until__lte=now) | Q(lease_until=None, created_at__lte=now - RESEND_AFTER)
    found = Attempt.objects.filter(free, state=Attempt.State.WAITING).order_by("created_at")
    return list(found.values_list("pk", flat=True)[:RESEND_AT_ONCE])


def judge(attempt_id: int) -> None:
    """Judge the attempt and keep what was found; nothing where it is done, or somebody does it."""
    now = timezone.now()
    lease = now + LEASE
    free = Q(lease_until=None) | Q(lease_until__lte=now)
    mine = Attempt.objects.filter(pk=attempt_id, state=Attempt.State.WAITING)
    if not mine.filter(free).update(lease_until=lease, tries=F("tries") + 1):
        return
    attempt = mine.filter(lease_until=lease).first()
    if attempt is None:
        return
    mine.filter(lease_until=lease).update(lease_until=None, **_outcome(attempt))


def _outcome(attempt: Attempt) -> dict[str, Any]:
    """The columns to write."""
    failed = {"state": Attempt.State.FAILED}
    if attempt.tries > MOST_TRIES:
        return failed | {"error": "timed_out"}
    try:
        return _found(attempt)
    except FileNotFoundError:
        return failed | {"error": "no_recording"}
    except AnalysisError as error:
        return failed | {"error": error.code}
    except SpeechError as error:
        if error.permanent or attempt.tries >= MOST_TRIES:
            return failed | {"error": error.code}
        return {}


def _found(attempt: Attempt) -> dict[str, Any]:
    with attempt.audio.open("rb") as file:
        samples = samples_of(file.read())
    if len(samples) > LONGEST_SECONDS * SAMPLE_RATE:
        raise AnalysisError("too_long", detail="a sentence is shorter", limit=LONGEST_SECONDS)
    if not len(samples) or np.abs(samples.astype(np.int32)).max() < SILENT_BELOW * 32_768:
        raise AnalysisError("silent", detail="the recording is silent")
    speech = detect_speech(samples)
    if not speech:
        raise AnalysisError("no_speech", detail="nobody speaks")
    heard = hear(
        encoded(samples.astype("<i2").tobytes(), SAMPLE_RATE, "wav"), language=attempt.language
    )
    limits.spend(attempt.user, limits.HEARD, heard.duration_seconds)
    words = [Word(word.text, word.start, word.end, word.confidence) for word in heard.words]
    found = assess(samples, attempt.text, attempt.language, words, speech)
    if found is None:
        raise AnalysisError("no_words", detail="the sentence holds no word")
    return {
        "state": Attempt.State.DONE,
        "error": "",
        "overall": found.overall,
        "heard_by": heard.service.name if heard.service else "",
        "result": found.to_json()
        | {
            "pitch": _pitch(samples),
            "pitch_step": PITCH_STEP,
            "duration_seconds": heard.duration_seconds,
            "model": _model_voice(attempt),
        },
    }


def _pitch(samples: NDArray[np.int16]) -> list[float]:
    frames = len(samples) // FRAME
    return [round(float(hertz), 1) for hertz in pitch.contour(samples, 0, frames)]


def _model_voice(attempt: Attempt) -> dict[str, Any] | None:
    """The sentence by a model voice, with its pitch; None where no voice is at hand."""
    try:
        spoken = speak(attempt.text, language=attempt.language)
        if spoken is None:
            return None
        with default_storage.open(spoken.path) as file:
            samples = samples_of(file.read())
    except (SpeechError, AnalysisError, OSError):  # what was said is judged all the same
        return None
    return {
        "path": spoken.path,
        "voice": spoken.voice,
        "pitch": _pitch(samples),
    }
