"""A reading of a short text, word by word: what was said, how clearly, and how fluently.

English is judged by its sounds and by recognition, every other language by recognition alone.
Neither is told the text before it listens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from statistics import mean
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from analysis.languages import bare_word, language
from analysis.number_words import in_digits
from analysis.pronunciation.acoustics import FRAME_SECONDS, senone_costs
from analysis.pronunciation.alignment import AlignedPhone, AlignedWord, align
from analysis.pronunciation.fluency import Fluency, fluency_of
from analysis.pronunciation.goodness import (
    PHONE_CURVE,
    WORD_CURVE,
    Fits,
    PhoneFit,
    score,
    word_goodness,
)
from analysis.pronunciation.lexicon import TextWord, words_of
from analysis.timeline import Span
from engines.transcribers import Word

FORMULA_VERSION = 1

# "said": heard as written. "unclear": heard, but its sounds fit badly; or not heard, and its sounds
# fit well. "other": something else in its place. "not_judged": its pronunciation is not known.
Verdict = Literal["said", "unclear", "other", "left_out", "not_judged"]
# Below this the sounds of a word are more likely those of another.
UNCLEAR_BELOW = 50
# A sound is pointed out where another fits clearly better: most accents stay above.
SOUND_UNCLEAR_BELOW = 35


@dataclass(frozen=True, slots=True)
class AssessedPhone:
    """A sound in ARPABET. `heard`: the one that fits better, where it clearly does."""

    name: str
    score: int
    heard: str | None
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class AssessedWord:
    """A word of the text; times in seconds, None where it was not found in the sound.

    `score`: 0-100, how surely its sounds are those of this word; None where they are not judged.
    `heard`: what recognition wrote in its place, if that is something else.
    """

    text: str
    verdict: Verdict
    score: int | None
    heard: str | None
    start: float | None
    end: float | None
    phones: tuple[AssessedPhone, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """`judged`: by its "sounds", or only by the "words" that were recognised.

    `completeness`: the share of the words that were said, 0-1. `overall`: the mean score, words
    that were not said counting 0; None where sounds are not judged. `added`: words that were said
    and stand not in the text.
    """

    language: str
    judged: Literal["sounds", "words"]
    words: tuple[AssessedWord, ...]
    overall: int | None
    completeness: float
    fluency: Fluency
    added: tuple[str, ...]
    heard: str
    formula_version: int = FORMULA_VERSION

    def to_json(self) -> dict[str, Any]:
        """Plain lists and dicts."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Listened:
    """What recognition made of a word of the text: written there, or something else, or nothing."""

    word: Word | None
    instead: str | None


def assess(
    samples: NDArray[np.int16],
    text: str,
    code: str,
    recognised: Sequence[Word],
    speech: Sequence[Span],
) -> Assessment | None:
    """Judge `samples` (mono, 16 kHz, half a minute at most) as a reading of `text`.

    `code`: the language, BCP 47. `recognised`: what a recogniser wrote, with times; `speech`:
    where somebody speaks (analysis.vad). None where the text holds no word.
    """
    words = words_of(text)
    if not words:
        return None
    english = code.partition("-")[0].lower() == "en"
    listened, added = _listened(words, recognised, code)
    if english:
        judged = tuple(_judged_by_sounds(samples, words, listened))
    else:
        judged = tuple(_judged_by_words(*each) for each in zip(words, listened, strict=True))
    return Assessment(
        language=code,
        judged="sounds" if english else "words",
        words=judged,
        overall=_overall(judged) if english else None,
        completeness=_completeness(judged),
        fluency=fluency_of([word.spoken for word in words], _were_said(judged), speech, code),
        added=added,
        heard=" ".join(word.text.strip() for word in recognised),
    )


def _were_said(words: Sequence[AssessedWord]) -> list[bool]:
    return [word.verdict in {"said", "unclear", "not_judged"} for word in words]


def _listened(
    words: Sequence[TextWord], recognised: Sequence[Word], code: str
) -> tuple[list[_Listened], tuple[str, ...]]:
    rules = language(code.partition("-")[0].lower())
    values: Mapping[str, int] = rules.number_values
    tokens = [
        (part, word)
        for word in recognised
        if not rules.is_filled_pause(word.text)
        for part in bare_word(word.text).replace("-", " ").split()
    ]
    wanted = [_plain(word.spoken, values) for word in words]
    got = [_plain(token, values) for token, _ in tokens]
    found = [_Listened(None, None) for _ in words]
    added: list[str] = []
    for kind, first, last, start, end in SequenceMatcher(
        None, wanted, got, autojunk=False
    ).get_opcodes():
        said = " ".join(token for token, _ in tokens[start:end])
        if kind == "equal":
            for place in range(last - first):
                found[first + place] = _Listened(tokens[start + place][1], None)
        elif kind == "replace":
            _share(found, tokens, range(first, last), range(start, end))
        elif kind == "insert":
            added.append(said)
    return found, tuple(added)


def _share(
    found: list[_Listened],
    tokens: Sequence[tuple[str, Word]],
    wanted: range,
    got: range,
) -> None:
    """Words that were written in the place of others, each with its own."""
    for number, place in enumerate(wanted):
        mine = got[number * len(got) // len(wanted) : (number + 1) * len(got) // len(wanted)]
        if mine:
            found[place] = _Listened(None, " ".join(tokens[at][0] for at in mine))


def _plain(word: str, values: Mapping[str, int]) -> str:
    return next(in_digits([word.replace("'", "")], values))[0]


def _judged_by_words(word: TextWord, listened: _Listened) -> AssessedWord:
    verdict: Verdict = "said" if listened.word else "other" if listened.instead else "left_out"
    return AssessedWord(
        text=word.written,
        verdict=verdict,
        score=None,
        heard=listened.instead,
        start=listened.word.start if listened.word else None,
        end=listened.word.end if listened.word else None,
        phones=(),
    )


def _judged_by_sounds(
    samples: NDArray[np.int16], words: Sequence[TextWord], listened: Sequence[_Listened]
) -> list[AssessedWord]:
    costs = senone_costs(samples)
    known = [number for number, word in enumerate(words) if word.ways]
    aligned = align(costs, [words[number].ways for number in known]) or ()
    laid = {known[word.number]: word for word in aligned if word.phones}
    fits = Fits(costs)
    return [
        _judged(word, heard, laid.get(number), fits)
        for number, (word, heard) in enumerate(zip(words, listened, strict=True))
    ]


def _judged(
    word: TextWord, listened: _Listened, laid: AlignedWord | None, fits: Fits
) -> AssessedWord:
    if laid is None:
        by_words = _judged_by_words(word, listened)
        if not word.ways and by_words.verdict != "said":
            return AssessedWord(word.written, "not_judged", None, listened.instead, None, None, ())
        return by_words
    found = fits.of(laid)
    value = score(word_goodness(found), WORD_CURVE)
    first, last = laid.phones[0], laid.phones[-1]
    verdict = _verdict(value, listened)
    said = verdict in {"said", "unclear"}
    return AssessedWord(
        text=word.written,
        verdict=verdict,
        score=value if said else None,
        heard=listened.instead,
        start=round(first.first * FRAME_SECONDS, 2),
        end=round((last.first + last.frames) * FRAME_SECONDS, 2),
        phones=tuple(map(_phone, found, laid.phones)) if said else (),
    )


def _verdict(value: int, listened: _Listened) -> Verdict:
    if listened.word:
        return "said" if value >= UNCLEAR_BELOW else "unclear"
    if value >= UNCLEAR_BELOW:
        return "unclear"
    return "other" if listened.instead else "left_out"


def _phone(fit: PhoneFit, laid: AlignedPhone) -> AssessedPhone:
    value = score(fit.goodness, PHONE_CURVE)
    other = fit.heard != fit.name and value < SOUND_UNCLEAR_BELOW
    return AssessedPhone(
        name=fit.name,
        score=value,
        heard=fit.heard if other else None,
        start=round(laid.first * FRAME_SECONDS, 2),
        end=round((laid.first + laid.frames) * FRAME_SECONDS, 2),
    )


def _overall(words: Sequence[AssessedWord]) -> int | None:
    scores = [
        word.score or 0
        for word in words
        if word.score is not None or word.verdict in {"other", "left_out"}
    ]
    return round(mean(scores)) if scores else None


def _completeness(words: Sequence[AssessedWord]) -> float:
    return round(sum(_were_said(words)) / len(words), 3)
