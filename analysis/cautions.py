"""What the state of a recording means: the sentences that warn of it, and trust that it lowers."""

from collections.abc import Iterator

from analysis.condition import Condition
from analysis.report import Message, Reliability
from analysis.translatable import gettext_noop

CAUTIONS = {
    "clipped": gettext_noop(
        "The recording is clipped: it was louder than the microphone can take. Turn the input down,"
        " or sit a little further away."
    ),
    "noisy": gettext_noop(
        "There is noise or music behind the voice, only %(decibels)s dB below it. Move closer to"
        " the microphone, or find a quieter place."
    ),
    "quiet": gettext_noop(
        "The voice is very quiet, at %(decibels)s dB of full scale. Turn the input up, or move"
        " closer to the microphone."
    ),
    "telephone": gettext_noop(
        "The sound reaches no higher than a telephone's, so words and fillers are harder to tell"
        " apart. Another microphone or app would help."
    ),
    "tones": gettext_noop(
        "Something besides the voice holds a tone here: music, singing or a hum. Record without it"
        " for numbers you can trust."
    ),
    "second_voice": gettext_noop(
        "This may be two people. The numbers count both together, so record yourself alone to"
        " measure yourself."
    ),
    "cut_start": gettext_noop(
        "The recording seems to begin in the middle of a word. Wait a second before you speak."
    ),
    "cut_end": gettext_noop(
        "The recording seems to end in the middle of a word. Wait a second before you stop it."
    ),
}

_CLIPPED = gettext_noop("The recording is clipped, which flattens how loud it is.")
_NOISY = gettext_noop("There is noise or music behind the voice.")
_UNCLEAR = gettext_noop(
    "There is some noise, in which the soft ends of phrases are lost: pauses seem a little longer."
)
_QUIET = gettext_noop("The voice is very quiet, so soft sounds are lost.")
_TELEPHONE = gettext_noop("The sound reaches no higher than a telephone's.")
_TONES = gettext_noop("Something besides the voice holds a tone: music, singing or a hum.")
_SECOND = gettext_noop("This may be two people, whose numbers are counted together.")
_LITTLE = gettext_noop("Little of this voice has a clear pitch, as in a whisper or a creak.")

_OF_LOUDNESS = {"loudness_variation", "trailing_off"}
_OF_PITCH = {"pitch_variation", "final_rises"}
_OF_PAUSES = {"pauses", "mean_pause", "pause_share", "phonation_ratio", "mean_length_of_run"}
# Nearer to the noise than this, pauses come out longer than they are (docs/benchmarks.md).
CLEAR_FROM = 22.0
_OF_ONE_VOICE = _OF_PITCH | _OF_LOUDNESS | {"longest_monologue"}


def cautions(condition: Condition | None) -> Iterator[Message]:
    """What is wrong with the recording, each with what to do about it, the worst first."""
    if condition is None:
        return
    for name, sentence in CAUTIONS.items():
        if getattr(condition, name):
            params: dict[str, float] = {}
            if name == "noisy":
                params = {"decibels": max(0, round(condition.over_noise or 0))}
            elif name == "quiet":
                params = {"decibels": round(condition.speech_level)}
            yield Message(name, params, sentence % params)


def lowered(name: str, trust: Reliability, condition: Condition | None) -> Reliability:
    """The reliability of a measure, no better than the recording allows."""
    if condition is None or name == "duration":
        return trust
    over_noise = condition.over_noise
    unclear = over_noise is not None and over_noise < CLEAR_FROM
    for level, reason, holds in (
        ("low", _SECOND, condition.second_voice and name in _OF_ONE_VOICE),
        ("low", _TONES, condition.tones),
        ("low", _LITTLE, condition.little_voice and name in _OF_PITCH),
        ("low", _CLIPPED, condition.clipped and name in _OF_LOUDNESS),
        ("low", _NOISY, condition.noisy and name in _OF_LOUDNESS),
        ("estimated", _SECOND, condition.second_voice),
        ("estimated", _NOISY, condition.noisy),
        ("estimated", _UNCLEAR, unclear and name in _OF_PAUSES),
        ("estimated", _QUIET, condition.quiet),
        ("estimated", _CLIPPED, condition.clipped),
        ("estimated", _TELEPHONE, condition.telephone and name not in _OF_LOUDNESS),
    ):
        if holds and _rank(level) < _rank(trust.level):
            return Reliability("low" if level == "low" else "estimated", reason)
    return trust


def _rank(level: str) -> int:
    return ("low", "estimated", "high").index(level)
