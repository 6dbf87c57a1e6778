"""How far each number can be trusted, and the measurement or reason that says so.

The figures in the sentences are measured (docs/benchmarks.md); they hold no `%`, so that each is
its own msgid.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from analysis.cautions import lowered
from analysis.condition import Condition
from analysis.languages import Language
from analysis.messages import gettext_noop
from analysis.report import Reliability
from analysis.timeline import Span, total
from engines.transcribers import Timing, Transcript

# Shown however short the recording is, because they claim nothing about a rate.
COUNTS = frozenset(
    {
        "duration",
        "speaking_time",
        "words",
        "syllables",
        "filled_pause_count",
        "lexical_filler_count",
        "filler_count",
        "long_pauses",
        "questions",
    }
)
_FROM_SOUND = {
    "duration",
    "speaking_time",
    "pauses",
    "mean_pause",
    "long_pauses",
    "pause_share",
    "phonation_ratio",
    "longest_monologue",
}
_FROM_SYLLABLES = {"syllables", "articulation_rate", "mean_length_of_run"}
_FILLED = {"filled_pauses", "filled_pause_count", "fillers", "filler_count"}
_LEXICAL = {"lexical_fillers", "lexical_filler_count"}
# As true of a written text as of a recording.
_OF_TEXT = {
    "sentence_length",
    "questions",
    "hedges",
    "weak_words",
    "conciseness",
    "false_starts",
    "reading_accuracy",
    "reading_completeness",
}
_FROM_ENDS = ("final_rises", "trailing_off")
_FROM_TIMES = {"local_pace", "pace_variability", "mid_clause_share", *_FROM_ENDS}

# Where the melody of a word is part of the word.
TONAL = {"ha", "lo", "my", "th", "vi", "yo", "yue", "zh"}
UNSPACED = {"ja", "km", "lo", "my", "th", "yue", "zh"}
UNSURE_BELOW = 0.5
WRONG_LANGUAGE_BELOW = 0.3
LONGEST_WORDLESS = 1.5
MISSED_SECONDS = 5.0
MISSED_SHARE = 0.1

_SOUND = gettext_noop(
    "Measured in the sound itself, in a clear recording to about a hundredth of a second."
)
_WORDS = gettext_noop(
    "Counted in the recognised words, whose number is right to a few in a hundred."
)
_TIMES = gettext_noop(
    "Needs the times of single words, which are right to about a tenth of a second."
)
_SPREAD = gettext_noop("The engine gives no times of single words, so they are spread evenly.")
_CLAUSES = gettext_noop("Where a clause ends is taken from the recognised punctuation.")
_SYLLABLES = gettext_noop(
    "Syllables are counted in the recognised words: in English by a pronouncing dictionary,"
    " in other languages by the spelling, to two in a hundred on the texts it was tried on."
)
_SYLLABLES_UNTRIED = gettext_noop(
    "Syllables are counted by the spelling, and nobody has tried yet how well that fits this"
    " language."
)
_FILLERS = gettext_noop(
    "On spontaneous speech over the telephone, six of seven ums and uhs are found, and nine of ten"
    " that are marked are right."
)
_FILLERS_UNMEASURED = gettext_noop(
    "Fillers are found by this language's list and by their sound, but how well has been measured"
    " in English only; in a small trial in Spanish, two of three were missed."
)
_FILLERS_UNKNOWN = gettext_noop("There is no list of fillers for this language yet.")
_PHRASES = gettext_noop(
    "Only phrases that stand apart are counted; each has an ordinary use too, so look at them."
)
_REPEATED = gettext_noop(
    "Recognition smooths most repetitions away, so there may be far more: of nine that people"
    " marked two were found, of 190 put into recordings on purpose only 13; some of those shown are"
    " none."
)
_BROKEN_OFF = gettext_noop(
    "Only breaks that the recognised words show are counted, and recognition smooths most away: of"
    " twelve that people marked, two were found."
)
_SENTENCES = gettext_noop("Where a sentence ends is taken from the recognised punctuation.")
_LISTED = gettext_noop("Counted by a list of words, whatever they mean where they stand.")
_READING = gettext_noop(
    "Recognition mishears words that were read right: where slips were put in on purpose, seven"
    " of eight were found, but a third of all that were marked were none. Listen to each."
)
_PITCH = gettext_noop(
    "Measured in the sound itself, to about a fifth of a semitone on clear recordings."
)
_LOUDNESS = gettext_noop(
    "Measured in the sound itself, but moving about before the microphone changes it, too."
)
_ENDS = gettext_noop("Where a sentence ends is taken from the recognised words and punctuation.")
_MELODY = gettext_noop("In this language the melody belongs to the words, so it is not judged.")
_WRITTEN = gettext_noop(
    "Counted in the text as it was written, which often leaves out what was only said."
)
_TEXT_PACE = gettext_noop("The words of the text over the duration that was given.")
_TEXT_NOTHING = gettext_noop("Needs the recording; this report is made from text.")
_UNSPACED = gettext_noop(
    "This language writes no spaces between words, so words cannot be counted yet."
)
_UNSURE = gettext_noop("Many words were hard to make out.")
_WRONG = gettext_noop("The recording sounds like another language than the one chosen.")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against the words: what every judgement here is made from."""

    timing: Timing
    heard: bool
    has_fillers: bool
    measured: bool
    spaced: bool
    unsure: bool
    wrong_language: bool
    missed_seconds: float
    condition: Condition | None = None
    tonal: bool = False


def gather(
    transcript: Transcript,
    speech: Sequence[Span],
    rules: Language,
    condition: Condition | None = None,
) -> Evidence:
    """Look at confidence, language and coverage of a transcript."""
    known = [word.confidence for word in transcript.words if word.confidence is not None]
    missed = _wordless(transcript, speech) if transcript.timing == "words" else 0.0
    return Evidence(
        timing=transcript.timing,
        heard=bool(speech),
        condition=condition,
        tonal=rules.code in TONAL,
        has_fillers=bool(rules.filled_pauses),
        measured=rules.measured is not None,
        spaced=rules.code not in UNSPACED,
        unsure=bool(known) and fmean(known) < UNSURE_BELOW,
        wrong_language=transcript.heard_language not in {None, transcript.language}
        and transcript.language_confidence is not None
        and transcript.language_confidence < WRONG_LANGUAGE_BELOW,
        missed_seconds=missed
        if missed > max(MISSED_SECONDS, MISSED_SHARE * total(speech))
        else 0.0,
    )


def of(name: str, seen: Evidence) -> Reliability:
    """The reliability of the measure of that name."""
    return lowered(name, _of_clear_sound(name, seen), seen.condition)


def _of_clear_sound(name: str, seen: Evidence) -> Reliability:
    if not seen.heard:
        return _of_text(name)
    if name in _FROM_SOUND:
        return Reliability("high", _SOUND)
    if name in _OF_VOICE:
        return _OF_VOICE[name]
    if name == "final_rises" and seen.tonal:
        return Reliability("low", _MELODY)
    if seen.wrong_language:
        return Reliability("low", _WRONG)
    if not seen.spaced:
        return Reliability("low", _UNSPACED)
    if seen.unsure or seen.missed_seconds:
        return Reliability("low", _UNSURE)
    if name in _FILLED | _LEXICAL:
        return _of_fillers(name, seen)
    return _of_clear_words(name, seen)


def _of_clear_words(name: str, seen: Evidence) -> Reliability:
    if name in _FROM_TIMES and seen.timing != "words":
        return Reliability("low" if seen.timing == "text" else "estimated", _SPREAD)
    if name in _FROM_SYLLABLES and not seen.has_fillers:
        return Reliability("estimated", _SYLLABLES_UNTRIED)
    return _OF_WORDS.get(name, Reliability("high", _WORDS))


def hides(name: str, seen: Evidence) -> bool:
    """Whether a value would claim what nobody could look for: fillers without a list, words
    without spaces between them, melody where it belongs to the words.
    """
    if not seen.spaced:
        return name not in COUNTS | _FROM_SOUND | _OF_VOICE.keys()
    if name == "final_rises":
        return seen.tonal
    return name in {"filled_pauses", "fillers", "lexical_fillers"} and not seen.has_fillers


_OF_VOICE = {
    "pitch_variation": Reliability("high", _PITCH),
    "loudness_variation": Reliability("estimated", _LOUDNESS),
}
_OF_WORDS = {
    "local_pace": Reliability("high", _TIMES),
    "pace_variability": Reliability("high", _TIMES),
    "mid_clause_share": Reliability("estimated", _CLAUSES),
    **dict.fromkeys(_FROM_ENDS, Reliability("estimated", _ENDS)),
    "repetitions": Reliability("low", _REPEATED),
    "false_starts": Reliability("low", _BROKEN_OFF),
    **dict.fromkeys(("sentence_length", "questions"), Reliability("estimated", _SENTENCES)),
    **dict.fromkeys(("hedges", "weak_words", "conciseness"), Reliability("estimated", _LISTED)),
    **dict.fromkeys(
        ("reading_accuracy", "reading_completeness"), Reliability("estimated", _READING)
    ),
    **dict.fromkeys(_FROM_SYLLABLES, Reliability("estimated", _SYLLABLES)),
}


def _of_fillers(name: str, seen: Evidence) -> Reliability:
    if not seen.has_fillers:
        return Reliability("low", _FILLERS_UNKNOWN)
    if not seen.measured:
        return Reliability("estimated", _FILLERS_UNMEASURED)
    return Reliability("estimated", _FILLERS if name in _FILLED else _PHRASES)


def _of_text(name: str) -> Reliability:
    if name == "speech_rate":
        return Reliability("estimated", _TEXT_PACE)
    counted = {"words", "repetitions", "diversity", "moving_ratio", "syllables", "duration"}
    if name in _FILLED | _LEXICAL | counted | _OF_TEXT:
        return Reliability("estimated", _WRITTEN)
    return Reliability("low", _TEXT_NOTHING)


def _wordless(transcript: Transcript, speech: Sequence[Span]) -> float:
    """Seconds of speech in stretches of at least 1.5 s without a word."""
    missed = 0.0
    words = transcript.words
    at = 0
    for span in speech:
        covered = span.start
        while at < len(words) and words[at].end <= span.start:
            at += 1
        ahead = at
        while ahead < len(words) and words[ahead].start < span.end:
            missed += _long(words[ahead].start - covered)
            covered = max(covered, words[ahead].end)
            ahead += 1
        missed += _long(span.end - covered)
    return missed


def _long(seconds: float) -> float:
    return seconds if seconds >= LONGEST_WORDLESS else 0.0
