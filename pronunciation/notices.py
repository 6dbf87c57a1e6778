"""What people read of an attempt: why one failed, and how far its numbers can be trusted."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pronunciation.judging import LONGEST_SECONDS
from pronunciation.models import Attempt

USED_UP = gettext_lazy("You have said all there is for one day. Come back tomorrow.")
# Code -> HTTP status and sentence.
_FAILURES = {
    "silent": (
        400,
        gettext_lazy(
            "This recording is silent. Check that the right microphone is chosen, and say it again."
        ),
    ),
    "no_speech": (
        400,
        gettext_lazy("We heard sound, but nobody speaking. Say the sentence again."),
    ),
    "no_words": (400, gettext_lazy("This sentence holds no word. Write one that can be said.")),
    "too_long": (
        400,
        gettext_lazy("This recording is longer than %(seconds)s seconds. Say one sentence."),
    ),
    "not_audio": (415, gettext_lazy("We could not read any sound in this file.")),
    "unreadable_file": (415, gettext_lazy("We could not read the sound in this file.")),
    "no_audio_stream": (415, gettext_lazy("This file holds no sound.")),
}
_ANY = (
    503,
    gettext_lazy(
        "We could not listen to this just now. The recording is kept; say it again later."
    ),
)


def failure_of(code: str) -> tuple[int, str]:
    """The HTTP status and the sentence for why an attempt failed."""
    status, sentence = _FAILURES.get(code, _ANY)
    return status, sentence % {"seconds": f"{LONGEST_SECONDS:.0f}"}


def reliability_of(attempt: Attempt) -> dict[str, str]:
    """How far the numbers of a judged attempt can be trusted, and why."""
    if attempt.result.get("judged") == "sounds":
        return {
            "level": "estimated",
            "reason": _(
                "Sounds are compared with American English by a small model. It tells a word from"
                " another one; how near its score comes to a teacher’s is not known. Compare your"
                " own tries with it, not yourself with others."
            ),
        }
    return {
        "level": "low",
        "reason": _(
            "In this language we only tell which words were understood. How they sounded is not"
            " judged."
        ),
    }
