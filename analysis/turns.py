"""Numbers over several turns of one speaker, without what lies between them.

Each turn is looked at by itself, so that no pause, repetition or run reaches from one into the
next. Then all are put end to end, each from its first sound to its last, and measured as one talk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from analysis import bands, engine, reliability, wording
from analysis.condition import Condition, condition_of
from analysis.findings import Found, find
from analysis.measures import measures
from analysis.options import AnalysisOptions
from analysis.report import Measure, Reliability
from analysis.timeline import Pause, Span
from analysis.translatable import gettext_noop
from analysis.voice import SILENT
from engines.transcribers import SAMPLE_RATE, Timing, Transcriber, Transcript, Word

_RUNS = gettext_noop("A run ends where its turn ends, so short answers make it short.")
# What turns put together say nothing of: their order in time, and the melody across them.
_NOT_OF_TURNS = frozenset({"duration", "longest_monologue", "pace_variability", "local_pace"})


@dataclass(frozen=True, slots=True)
class Turn:
    """What was heard in one turn; times in seconds from the start of its own recording."""

    transcript: Transcript
    speech: tuple[Span, ...]
    duration: float
    condition: Condition | None = None

    def to_json(self) -> dict[str, Any]:
        """Only lists, dicts, strings, numbers and None."""
        return {
            "transcript": self.transcript.to_json(),
            "speech": [list(span) for span in self.speech],
            "duration": self.duration,
            "condition": asdict(self.condition) if self.condition else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The turn that `to_json` wrote."""
        return cls(
            transcript=Transcript.from_json(data["transcript"]),
            speech=tuple(Span(*span) for span in data["speech"]),
            duration=data["duration"],
            condition=Condition(**data["condition"]) if data["condition"] else None,
        )


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of one turn, by the turn's place among those measured."""

    turn: int
    span: Span


@dataclass(frozen=True, slots=True)
class TurnsMeasure:
    """A measure over all turns, and where each piece of its evidence is to be heard."""

    measure: Measure
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A turn with speech: its place, what was found in it, and where it begins end to end."""

    turn: int
    found: Found
    talk: Span
    begins: float

    @property
    def shift(self) -> float:
        return self.begins - self.talk.start


def hear_turn(
    samples: NDArray[np.int16], options: AnalysisOptions, transcriber: Transcriber
) -> Turn:
    """Hear one turn's samples (mono, 16-bit, 16 kHz) as a recording is heard. Raises AnalysisError.

    A turn in which nobody speaks has neither speech nor words.
    """
    duration = len(samples) / SAMPLE_RATE
    speech = engine.detect_speech(samples)
    if not speech:
        return Turn(Transcript("", options.language or "", None, (), "words"), (), duration)
    heard = engine.merge(
        [
            engine.transcribe(samples, block, options, transcriber, speech=speech)
            for block in engine.plan_blocks(speech, duration)
        ]
    )
    sound = engine.listen(samples, Span(0.0, duration), speech)
    return Turn(heard, tuple(speech), duration, condition_of(sound, speech, duration, {}))


def measure_turns(turns: Sequence[Turn], options: AnalysisOptions) -> tuple[TurnsMeasure, ...]:
    """What the turns come to, as one talk of their speaker; empty where none holds speech.

    The formulas are those of recordings, and so is the least there must be: 15 s of talk and 30
    words in all. The mean length of run counts a run's end at each end of a turn.
    """
    parts = _parts(turns)
    if not parts:
        return ()
    found = _joined(parts)
    speech = [_moved(span, part.shift) for part in parts for span in turns[part.turn].speech]
    seen = reliability.gather(found.transcript, speech, found.rules, found.condition)
    values = bands.with_own(measures(found, seen, options.kind), options.ranges)
    return tuple(
        TurnsMeasure(_of_runs(measure, found, len(parts)), _moments(measure, parts))
        for measure in values
        if measure.name not in _NOT_OF_TURNS
    )


def _parts(turns: Sequence[Turn]) -> list[_Part]:
    parts: list[_Part] = []
    done = 0.0
    for number, turn in enumerate(turns):
        found = find(turn.transcript, turn.speech, turn.duration)
        if found.talk is not None and turn.speech:
            parts.append(_Part(number, replace(found, condition=turn.condition), found.talk, done))
            done += found.talk.length
    return parts


def _joined(parts: Sequence[_Part]) -> Found:
    """What was found in all turns, as if each began where the one before it ended."""
    first = parts[0].found
    words: list[Word] = []
    joined: dict[str, list[Any]] = {
        name: [] for name in ("fillers", "repetitions", "false_starts", "pauses", "prolongations")
    }
    for part in parts:
        found, before = part.found, len(words)
        words += [
            replace(word, start=word.start + part.shift, end=word.end + part.shift)
            for word in found.words
        ]
        for name in ("fillers", "repetitions", "false_starts"):
            joined[name] += [
                replace(
                    each, first_word=each.first_word + before, last_word=each.last_word + before
                )
                for each in getattr(found, name)
            ]
        joined["prolongations"] += [
            replace(each, word=each.word + before) for each in found.prolongations
        ]
        joined["pauses"] += [
            Pause(_moved(pause.span, part.shift), pause.mid_clause) for pause in found.pauses
        ]
    hesitations = {
        filler.first_word for filler in joined["fillers"] if filler.kind == "filled_pause"
    }
    empty = [
        (filler.first_word, filler.last_word)
        for filler in joined["fillers"]
        if filler.kind == "lexical_filler" and filler.tier == "sure"
    ]
    length = sum(part.talk.length for part in parts)
    return Found(
        transcript=_transcript(parts, tuple(words)),
        rules=first.rules,
        duration=length,
        talk=Span(0.0, length),
        words=tuple(words),
        fillers=tuple(joined["fillers"]),
        repetitions=tuple(joined["repetitions"]),
        pauses=tuple(joined["pauses"]),
        spoken=tuple(word for at, word in enumerate(words) if at not in hesitations),
        syllables=sum(part.found.syllables for part in parts),
        heard=True,
        local_pace=(),
        false_starts=tuple(joined["false_starts"]),
        prolongations=tuple(joined["prolongations"]),
        choice=wording.look_at(words, first.rules, hesitations, empty),
        reading=None,
        voice=SILENT,
        condition=_condition(parts),
    )


def _transcript(parts: Sequence[_Part], words: tuple[Word, ...]) -> Transcript:
    all_of_them = [part.found.transcript for part in parts]
    merged = engine.merge(all_of_them)
    worst: Timing = merged.timing
    return replace(merged, words=words if worst != "text" else ())


def _condition(parts: Sequence[_Part]) -> Condition | None:
    """The state of most of the speech. That a turn begins or ends abruptly says nothing here."""
    known = [(part.found.condition, part.talk.length) for part in parts if part.found.condition]
    if not known:
        return None
    seconds = sum(length for _, length in known)
    values: dict[str, Any] = {"cut_start": False, "cut_end": False}
    for field in fields(Condition):
        told = [(getattr(one, field.name), length) for one, length in known]
        if field.name in values:
            continue
        if isinstance(told[0][0], bool):
            values[field.name] = sum(length for flag, length in told if flag) > seconds / 2
        else:
            levels = [(level, length) for level, length in told if level is not None]
            share = sum(length for _, length in levels)
            mean = sum(level * length for level, length in levels) / share if levels else None
            values[field.name] = mean
    return Condition(**values)


def _of_runs(measure: Measure, found: Found, turns: int) -> Measure:
    """The mean length of run with an end at each end of a turn; any other measure as it is."""
    if measure.name != "mean_length_of_run" or measure.value is None:
        return measure
    level = measure.reliability.level
    return replace(
        measure,
        value=round(found.syllables / (len(found.pauses) + turns), 3),
        reliability=measure.reliability if level == "low" else Reliability("estimated", _RUNS),
    )


def _moments(measure: Measure, parts: Sequence[_Part]) -> tuple[Moment, ...]:
    moments = []
    for span in measure.evidence:
        middle = (span.start + span.end) / 2
        part = next((part for part in reversed(parts) if part.begins <= middle), parts[0])
        moments.append(Moment(part.turn, _moved(span, -part.shift).rounded))
    return tuple(moments)


def _moved(span: Span, seconds: float) -> Span:
    return Span(max(0.0, span.start + seconds), span.end + seconds)
