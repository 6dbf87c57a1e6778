"""Speech to text behind one small protocol; one file a provider, `make()` to get one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from engines.errors import EngineError
from engines.made_once import MadeOnce, loader

SAMPLE_RATE = 16_000

Samples = NDArray[np.float32]
Timing = Literal["words", "segments", "text"]
Window = tuple[float, float]
Progress = Callable[[float], None]
# Given where a window starts, in seconds, and what the encoder made of it.
States = Callable[[float, NDArray[np.float32]], None]
STATE_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Word:
    """One written word with its times in seconds from the start of the samples.

    `confidence` is the recogniser's probability (0-1), or None where it gives none. `origin`
    "sound" marks a filled pause that was not written but heard; `doubted` one that may be none.
    """

    text: str
    start: float
    end: float
    confidence: float | None = None
    origin: Literal["recognised", "sound"] = "recognised"
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a recogniser wrote down.

    `language` is the one it wrote in, `heard_language` the one the sound is most like (None where
    the recogniser does not say), `language_confidence` the probability (0-1) that the sound is in
    `language`. `timing` says what the word times are worth: "words" are measured, "segments"
    are spread evenly over longer stretches, "text" means there are none and `words` is empty.
    """

    text: str
    language: str
    language_confidence: float | None
    words: tuple[Word, ...]
    timing: Timing
    heard_language: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain lists and dicts, so that a block can be stored while the next is heard."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The transcript that `to_json` wrote."""
        return cls(**{**data, "words": tuple(Word(**word) for word in data["words"])})


class TranscriberError(EngineError):
    """Recognition failed. Beside the codes of all engines: `engine_failed` (the model broke off),
    `unknown_language` (the model knows no such language).
    """


@dataclass(frozen=True, slots=True)
class TranscriberOptions:
    """Which recogniser, and how it runs. Hashable: it is the key under which `make` keeps one.

    `model` None means the packaged multilingual base (faster-whisper) or `whisper-1` (openai);
    a folder is used as it is; any other value is a name on the model hub, fetched when missing.
    `cpu_threads` 0 means every core this process may use. `timeout` in seconds, a request.
    """

    provider: Literal["faster-whisper", "openai", "deepgram"] = "faster-whisper"
    model: str | None = None
    device: str = "cpu"
    compute_type: str = "int8"
    cpu_threads: int = 0
    batch_size: int = 8
    beam_size: int = 5
    model_directory: Path | None = None
    base_url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    timeout: float = 120.0
    retries: int = 2


class Transcriber(Protocol):
    """A loaded recogniser. `leaves_machine` is true when recordings are sent elsewhere.

    `encoder` names the one whose states `on_states` is given; None where it is given none.
    """

    name: str
    leaves_machine: bool
    encoder: str | None

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None,
        prompt: str | None,
        windows: Sequence[Window] | None = None,
        on_progress: Progress | None = None,
        on_states: States | None = None,
        timeout: float | None = None,
    ) -> Transcript:
        """Recognise mono samples at 16 kHz in [-1, 1].

        `language` None: find out. `prompt`: text in the style that is wanted, such as one with
        its hesitations written out. `windows`: stretches of at most 30 s, cut in silence, that
        hold all the speech; None: the recogniser finds them itself. `on_progress` is given how much
        is done, 0-1, whenever that can be told. `on_states` is given, window by window, a row for
        every STATE_SECONDS of what the encoder heard. `timeout`: seconds for a request, which is
        then sent once only; None: as the options bound it. Raises TranscriberError.
        """
        ...

    def language_of(self, samples: Samples) -> tuple[str, float | None] | None:
        """Code and, where known, probability of the language of the first half minute.

        None where the recogniser cannot tell. Raises TranscriberError.
        """
        ...


_PROVIDERS = {
    "faster-whisper": "engines.transcribers.faster_whisper",
    "openai": "engines.transcribers.openai",
    "deepgram": "engines.transcribers.deepgram",
}
_engines: MadeOnce[TranscriberOptions, Transcriber] = MadeOnce(
    loader(_PROVIDERS, TranscriberError, "transcriber")
)


def make(options: TranscriberOptions) -> Transcriber:
    """The recogniser for these options, loaded once a process. Raises TranscriberError."""
    return _engines(options)
