"""What people read when a recording is refused or an analysis fails: one place for every code.

A sentence says what happened, what is safe, and what to do. Pages, API and socket show the same.
"""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Code -> HTTP status and sentence. Nothing of a refused file is kept.
_REFUSALS = {
    "empty_file": (
        400,
        gettext_lazy("This file is empty. Record or export it again, then choose the new file."),
    ),
    "too_large": (
        413,
        gettext_lazy(
            "This file is larger than %(megabytes)s MB. Save it as mp3 or m4a, or cut it into"
            " parts, and send those."
        ),
    ),
    "not_audio": (
        415,
        gettext_lazy(
            "This file is not a recording that we can read. Choose audio or video such as mp3, m4a,"
            " wav, ogg, flac, webm or mp4. A playlist or a zip file is not one itself: choose the"
            " recording it leads to."
        ),
    ),
}

# Code -> sentence. The recording stays where it is, whatever fails.
_FAILURES = {
    "not_audio": gettext_lazy(
        "We could not read any sound in this file. It is kept as you sent it. Open it in a player"
        " to check that it plays, save it as mp3 or wav, and replace the recording."
    ),
    "empty_file": gettext_lazy(
        "This file is empty. Record or export it again and replace the recording."
    ),
    "too_large": gettext_lazy(
        "This file is larger than %(megabytes)s MB. It is kept. Save it as mp3 or m4a, or cut it"
        " into parts, and send those."
    ),
    "unreadable_file": gettext_lazy(
        "We could not read the sound in this file: it may be damaged or encoded in an uncommon way."
        " It is kept as you sent it. Save it as mp3 or wav and replace the recording."
    ),
    "no_audio_stream": gettext_lazy(
        "This video has no sound track. It is kept as you sent it. Choose a recording with sound"
        " instead."
    ),
    "truncated": gettext_lazy(
        "This file stops in the middle, as when a transfer breaks off. What arrived is kept. Copy"
        " the whole file again and replace the recording."
    ),
    "silent": gettext_lazy(
        "This recording is silent. It is kept. Check that the right microphone is chosen and not"
        " muted, and record again."
    ),
    "no_speech": gettext_lazy(
        "We heard sound but no speech. The recording is kept. Speak closer to the microphone, or"
        " choose the recording that holds your voice."
    ),
    "too_long": gettext_lazy(
        "This recording is longer than %(minutes)s minutes. It is kept. Cut it into parts and send"
        " those."
    ),
    "unknown_language": gettext_lazy(
        "We cannot measure speech in this language yet. The recording is kept. If another language"
        " was spoken, choose that and analyse it again."
    ),
    "decoder_crashed": gettext_lazy(
        "Reading this file went wrong, so it may be damaged. It is kept. Save it as mp3 or wav and"
        " replace the recording."
    ),
    "decoder_timeout": gettext_lazy(
        "Reading this file took too long, so it may be damaged. It is kept. Save it as mp3 or wav"
        " and replace the recording."
    ),
    "decoder_memory": gettext_lazy(
        "Reading this file takes more memory than it may, so it may be damaged. It is kept. Save it"
        " as mp3 or wav and replace the recording."
    ),
    "recording_missing": gettext_lazy(
        "The recording cannot be found in our storage. Choose the file again to replace it."
    ),
    "engine_unavailable": gettext_lazy(
        "The part that writes down speech did not answer, after several tries. Your recording is"
        " safe. Analyse it again in a while."
    ),
    "engine_failed": gettext_lazy(
        "The part that writes down speech broke off, after several tries. Your recording is safe."
        " Analyse it again in a while."
    ),
    "engine_refused": gettext_lazy(
        "The service that writes down speech refused this recording. It is kept. Ask whoever runs"
        " this installation to check the service's key and limits, then analyse it again."
    ),
    "timed_out": gettext_lazy(
        "The analysis took too long and was stopped. Your recording is safe. Analyse it again, or"
        " cut it into parts."
    ),
    "worker_lost": gettext_lazy(
        "The analysis was interrupted several times. Your recording is safe. Analyse it again, or"
        " save it in another format and replace it."
    ),
    "superseded": gettext_lazy("A newer analysis has taken the place of this one."),
}
_FAILED = gettext_lazy(
    "Something went wrong on our side while we analysed this. Your recording is safe. Analyse it"
    " again in a while."
)


def refusal(code: str) -> tuple[int, str]:
    """The HTTP status and the sentence for a file that is refused with `code`."""
    status, sentence = _REFUSALS.get(code, _REFUSALS["not_audio"])
    return status, _filled(sentence)


def failure(code: str) -> str:
    """The sentence for an analysis that failed with `code`."""
    return _filled(_FAILURES.get(code, _FAILED))


def not_analysable() -> str:
    """The sentence for a session that holds neither recording nor transcript."""
    return _("There is nothing to analyse yet. Add a recording or a transcript first.")


def recording_deleted() -> str:
    """The sentence for a session whose recording was kept for a time only."""
    return _(
        "The recording was deleted, as you chose in your account. The report stays; to analyse"
        " anew, add the recording again."
    )


def already_running() -> str:
    """The sentence for a second analysis while one is under way."""
    return _("An analysis is under way. Wait until it has finished.")


def _filled(sentence: object) -> str:
    return str(sentence) % {
        "megabytes": settings.MAX_UPLOAD_BYTES // (1024 * 1024),
        "minutes": settings.MAX_RECORDING_SECONDS // 60,
    }
