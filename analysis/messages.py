"""Every sentence the engine says, by id, in English; pages translate by the same id and numbers.

`TEMPLATES` holds msgids for gettext with named parameters; a pair is singular and plural, chosen
by the parameter `count`.
"""

from collections.abc import Callable, Mapping

from analysis.advice import FLOW, STRENGTHS
from analysis.advice_voice import VOICE
from analysis.cautions import CAUTIONS
from analysis.report import Message
from analysis.translatable import gettext_noop, ngettext

__all__ = [
    "TEMPLATES",
    "clock",
    "gettext_noop",
    "plain",
    "render",
    "say",
    "spelled",
    "spoken_length",
]

Template = str | tuple[str, str]


TEMPLATES: dict[str, Template] = {
    **CAUTIONS,
    # What limits the report as a whole
    "truncated": gettext_noop(
        "The file breaks off before its end. What arrived, %(length)s, is measured."
    ),
    "wrong_language": gettext_noop(
        "This sounds more like %(heard)s than %(declared)s. If so, choose %(heard)s and analyse it"
        " again: until then the words are guesses."
    ),
    "unsure_words": gettext_noop(
        "Many words were hard to make out, so treat the numbers about words as estimates."
    ),
    "missed_words": gettext_noop(
        "For %(length)s of speech no words were recognised, so the numbers about words may be too"
        " low."
    ),
    "dead_channel": gettext_noop(
        "Only one of the two channels holds your voice; that one is used."
    ),
    "too_little": gettext_noop(
        "Too early to say: rates need 15 seconds of speech and 30 words to mean anything."
    ),
    # The pacing paragraph, part by part
    "pace_inside": gettext_noop(
        "The pace was %(rate)s words a minute, inside the usual range of %(low)s to %(high)s."
    ),
    "pace_above": gettext_noop(
        "The pace was %(rate)s words a minute, above the usual range of %(low)s to %(high)s."
    ),
    "pace_below": gettext_noop(
        "The pace was %(rate)s words a minute, below the usual range of %(low)s to %(high)s."
    ),
    "pace_inside_own": gettext_noop(
        "The pace was %(rate)s words a minute, inside your own range of %(low)s to %(high)s."
    ),
    "pace_above_own": gettext_noop(
        "The pace was %(rate)s words a minute, above your own range of %(low)s to %(high)s."
    ),
    "pace_below_own": gettext_noop(
        "The pace was %(rate)s words a minute, below your own range of %(low)s to %(high)s."
    ),
    "pace_alone": gettext_noop("The pace was %(rate)s words a minute."),
    "pace_fastest": gettext_noop("It was fastest around %(time)s, at %(rate)s."),
    "pace_pauses": ngettext(
        "One pause lasted a second or more, and silence made up %(share)s %% of the talk.",
        "%(count)s pauses lasted a second or more, and silence made up %(share)s %% of the talk.",
    ),
    "pace_no_pauses": gettext_noop(
        "No pause lasted a second, and silence made up %(share)s %% of the talk."
    ),
    "pace_fillers": ngettext(
        "There was one filler, %(rate)s a minute.",
        "There were %(count)s fillers, %(rate)s a minute.",
    ),
    "pace_no_fillers": gettext_noop("No fillers were found."),
    **STRENGTHS,
    **FLOW,
    **VOICE,
}


def say(id: str, **params: float | str) -> Message:  # noqa: A002 (the name in the report)
    """The message of that id with its English sentence."""
    return Message(id, params, render(id, params))


def render(
    id: str,  # noqa: A002
    params: Mapping[str, float | int | str],
    translate: Callable[[str], str] = str,
    translate_plural: Callable[[str, str, int], str] | None = None,
) -> str:
    """A message as text, through gettext and ngettext functions where they are given."""
    template = TEMPLATES[id]
    if isinstance(template, str):
        return translate(template) % params
    count = int(params["count"])
    if translate_plural:
        return translate_plural(*template, count) % params
    return template[0 if count == 1 else 1] % params


def clock(seconds: float) -> str:
    """0:41, 12:05, 1:02:05."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def plain(value: float) -> str:
    """A number with at most one decimal, none when it is whole."""
    return f"{value:.1f}".removesuffix(".0")


def spoken_length(seconds: float) -> str:
    """24 seconds, 3 minutes."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{round(seconds)} seconds"
    return f"{minutes} minutes"


def spelled(number: int) -> str:
    """Numbers up to ten as words, with a capital."""
    names = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return names[number] if number < len(names) else str(number)


def spelled_of(number: int, whole: int) -> str:
    """The same of a number out of `whole`: all of them are not called by their number."""
    return "All" if number == whole else spelled(number)
