"""Everything an analysis can be told, in one frozen object."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from analysis.bands import Range
from engines.transcribers import TranscriberOptions

Kind = Literal["talk", "interview", "conversation", "read_aloud", "practice", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a recording may be, and what decoding it may use."""

    max_seconds: float = 7_200.0
    max_bytes: int = 200 * 1024 * 1024
    decoder_memory_bytes: int = 1536 * 1024 * 1024
    decoder_cpu_seconds: int = 600
    decoder_wall_seconds: float = 900.0


@dataclass(frozen=True, slots=True)
class AnalysisOptions:
    """`language`: two-letter code, None to find out. `kind` chooses the bands.

    `reference`: the text that was to be read aloud, None where there is none. `ranges`: by measure,
    the low and high end of the learner's own range, used instead of the usual one.
    """

    language: str | None = None
    kind: Kind = "talk"
    transcriber: TranscriberOptions = field(default_factory=TranscriberOptions)
    limits: Limits = field(default_factory=Limits)
    reference: str | None = None
    ranges: Mapping[str, Range] = field(default_factory=dict)
