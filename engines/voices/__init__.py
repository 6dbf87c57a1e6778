"""Text to speech behind one small protocol; one file a provider, `make()` to get one."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from engines.errors import EngineError
from engines.made_once import MadeOnce, loader

Provider = Literal["elevenlabs", "openai", "local"]
# The code that BCP 47 has for a voice that speaks many languages.
MANY = "mul"


@dataclass(frozen=True, slots=True)
class Sound:
    """Mono 16-bit little-endian samples, `rate` of them a second, and the voice that spoke."""

    pcm: bytes
    rate: int
    voice: str

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.pcm) / 2 / self.rate


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """One voice of a provider: `name` is what `speak` takes; `language` BCP 47, or MANY."""

    name: str
    title: str
    language: str


class VoiceError(EngineError):
    """No sound. Beside the codes of all engines: `no_voice` (none for this language)."""


@dataclass(frozen=True, slots=True)
class VoiceOptions:
    """Which voice. Hashable: it is the key under which `make` keeps one with its connections.

    `voice` is the one that speaks unless another is asked for. "openai" is also any server that
    speaks its protocol, at `base_url`. "local" is the product's own process of voices: at
    `base_url` with `api_key`, else where `address_file` says that it runs at the moment.
    `timeout` in seconds, a request; `retries` on top of the first try.
    """

    provider: Provider
    model: str = ""
    voice: str = ""
    api_key: str | None = field(default=None, repr=False)
    base_url: str | None = None
    address_file: Path | None = None
    timeout: float = 15.0
    retries: int = 1


class Speaker(Protocol):
    """A service that speaks. `leaves_machine` is true when that means another machine."""

    name: str
    leaves_machine: bool

    def speak(
        self, text: str, *, language: str, voice: str | None, speed: float, timeout: float
    ) -> Sound:
        """`text` as sound, by one request of at most `timeout` seconds. Raises VoiceError.

        `language` BCP 47. `voice`: one of `voices`, None for the usual one. `speed`: 1 is as the
        voice speaks by itself; what a service cannot do is brought to what it can.
        """
        ...

    def voices(self, *, timeout: float) -> tuple[VoiceInfo, ...]:
        """Those that can be asked for. Raises VoiceError."""
        ...


_PROVIDERS = {
    "elevenlabs": "engines.voices.elevenlabs",
    "openai": "engines.voices.openai",
    "local": "engines.voices.local",
}
_engines: MadeOnce[VoiceOptions, Speaker] = MadeOnce(loader(_PROVIDERS, VoiceError, "voice"))


def make(options: VoiceOptions) -> Speaker:
    """The voice for these options, made once a process. Raises VoiceError."""
    return _engines(options)
