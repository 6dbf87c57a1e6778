"""What hearing and speaking give back, and how they fail."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServiceName:
    """An engine as people are told of it. `leaves_machine`: what it is given goes elsewhere."""

    name: str
    leaves_machine: bool


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An engine that was asked before, in vain, and the code of its error."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word, its times in seconds from the start, its probability (0-1) where one is given."""

    text: str
    start: float
    end: float
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said; `text` is empty where nobody speaks, and then nobody was asked.

    `language`: two-letter code of the one it was written in. `words` is empty where the engine
    gives no times. `seconds`: what all of it took. `cost`: US dollars by the list price, an
    estimate; None where no price is known; 0 on one's own machine.
    """

    text: str
    language: str
    words: tuple[HeardWord, ...]
    duration_seconds: float
    service: ServiceName | None
    seconds: float
    passed_over: tuple[PassedOver, ...]
    cost: float | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """Sound in the storage: `path` is its name there, until the cache needs the room.

    `cost` as of Heard; 0 where it was `cached`.
    """

    path: str
    format: str
    duration_seconds: float
    voice: str
    service: ServiceName
    seconds: float
    cached: bool
    passed_over: tuple[PassedOver, ...]
    cost: float | None


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice. `id` is `provider:name`; `language` a BCP 47 code, `mul` where it speaks many."""

    id: str
    name: str
    language: str
    provider: str


class SpeechError(Exception):
    """Nothing was heard, or said, although somebody was asked.

    `permanent`: the same again cannot help. Codes: those of engines (`engine_unavailable`,
    `engine_refused`, …), and of recordings (`not_audio`, `too_long`, `too_large`,
    `unreadable_file`, …); `limit` is the number that was passed, for those that have one.
    """

    def __init__(
        self, code: str, *, permanent: bool, detail: str, limit: float | None = None
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.permanent = permanent
        self.detail = detail
        self.limit = limit
