"""How fluently somebody spoke in a talk: their own turns, by the engine of recordings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

from analysis.errors import AnalysisError
from analysis.options import AnalysisOptions
from analysis.turns import Turn, TurnsMeasure, hear_turn, measure_turns
from conversations.models import TutorMessage, TutorSession
from conversations.situations import base_of
from engines.transcribers import Transcriber, TranscriberOptions
from speech.samples import samples_of
from speech_sessions.pipeline.engine_options import transcriber_options
from speech_sessions.selectors.bands import own_ranges

# What is said of turns, in the order in which it is read.
SHOWN = (
    "speaking_time",
    "words",
    "speech_rate",
    "articulation_rate",
    "mean_length_of_run",
    "pauses",
    "mean_pause",
    "long_pauses",
    "mid_clause_share",
    "filled_pauses",
    "filled_pause_count",
    "lexical_filler_count",
    "repetitions",
    "diversity",
    "moving_ratio",
)
MOST_MOMENTS = 12


class Elsewhere(Exception):
    """Recordings are analysed by a service that the learner was not told of for this talk."""


def options_of(session: TutorSession) -> AnalysisOptions:
    """What the engine is told. Raises Elsewhere; AnalysisError where no transcriber is set up."""
    transcriber = transcriber_options()
    if not _hears_talks(transcriber):
        raise Elsewhere
    return AnalysisOptions(
        language=base_of(session.target_language_code).lower() or None,
        kind="conversation",
        transcriber=transcriber,
        ranges=own_ranges(session.user_id, "conversation"),
    )


def _hears_talks(options: TranscriberOptions) -> bool:
    """Whether it runs on this machine, or is one of those that hear talks anyway."""
    return options.provider == "faster-whisper" or any(
        (one.provider, one.base_url) == (options.provider, options.base_url)
        for one in settings.SPEECH_TRANSCRIBERS
    )


def heard(
    message: TutorMessage, options: AnalysisOptions, transcriber: Transcriber
) -> dict[str, Any]:
    """One turn as it is stored; empty where its sound cannot be read, now or ever.

    Raises AnalysisError for what may heal.
    """
    try:
        with message.audio.open() as file:
            samples = samples_of(file.read())
        return hear_turn(samples, options, transcriber).to_json()
    except FileNotFoundError:
        return {}
    except AnalysisError as error:
        if error.permanent:
            return {}
        raise


def measured(
    turns: Sequence[tuple[int, Mapping[str, Any]]], options: AnalysisOptions
) -> list[dict[str, Any]]:
    """The measures of turns as they are stored: (position in the talk, what was heard) each.

    Every piece of evidence names the position of its turn, and its start and end there, in seconds.
    """
    usable = [(position, Turn.from_json(turn)) for position, turn in turns if turn]
    found = measure_turns([turn for _, turn in usable], options)
    by_name = {each.measure.name: each for each in found}
    positions = [position for position, _ in usable]
    return [_told(by_name[name], positions) for name in SHOWN if name in by_name]


def _told(each: TurnsMeasure, positions: Sequence[int]) -> dict[str, Any]:
    measure = each.measure
    band = measure.band
    return {
        "name": measure.name,
        "value": measure.value,
        "unit": measure.unit,
        "band": {
            "label": band.label,
            "position": band.position,
            "low": band.low,
            "high": band.high,
            "source": band.source,
        }
        if band
        else None,
        "reliability": {
            "level": measure.reliability.level,
            "reason": measure.reliability.reason,
        },
        "formula_version": measure.formula_version,
        "evidence": [
            {"position": positions[one.turn], "start": one.span.start, "end": one.span.end}
            for one in each.moments[:MOST_MOMENTS]
        ],
    }
