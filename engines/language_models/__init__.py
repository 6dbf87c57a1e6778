"""Language models behind one small protocol; one file a provider, `make()` to get one.

A model is asked for an object of a JSON schema, never for free text: what comes back was checked
against that schema. What it says is still only what a model says; whoever asks must check it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from engines.errors import EngineError
from engines.made_once import MadeOnce, loader

Provider = Literal["anthropic", "openai", "compatible"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of what was said so far; the last is the user's."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: `system` says how to answer, `messages` what about, `schema` in what form.

    `schema` is a JSON schema (draft 2020-12) of an object. `name` (letters, digits, _ and -) names
    it to the service. `max_tokens` bounds the answer, thinking included.
    """

    system: str
    messages: tuple[Message, ...]
    schema: Mapping[str, Any]
    name: str = "answer"
    max_tokens: int = 4096


@dataclass(frozen=True, slots=True)
class Failure:
    """A model that was asked first, or passed over, and why it did not answer."""

    name: str
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An object of the asked schema, who gave it, and what it took.

    `model` as the service named it, `host` the machine that was asked. `seconds` with every try and
    wait; tokens are those of the last try, None where the service does not say. `passed_over`: who
    was asked before, in vain.
    """

    data: dict[str, Any]
    provider: Provider
    model: str
    host: str
    leaves_machine: bool
    seconds: float
    tries: int
    input_tokens: int | None = None
    output_tokens: int | None = None
    passed_over: tuple[Failure, ...] = ()


class LanguageModelError(EngineError):
    """No answer. Beside the codes of all engines: `bad_answer` (not an object of the schema)."""


@dataclass(frozen=True, slots=True)
class LanguageModelOptions:
    """Which model. Hashable: it is the key under which `make` keeps one with its connections.

    `compatible` is any server that speaks OpenAI's protocol (Ollama, llama.cpp, vLLM) at
    `base_url`. `timeout` in seconds, a request; `retries` on top of the first try.
    """

    provider: Provider
    model: str
    api_key: str | None = field(default=None, repr=False)
    base_url: str | None = None
    timeout: float = 20.0
    retries: int = 2


class LanguageModel(Protocol):
    """A service that can be asked. `leaves_machine` is true when that means another machine."""

    name: str
    leaves_machine: bool

    def ask(self, request: Request, *, seconds: float | None = None) -> Answer:
        """An object of the request's schema. Raises LanguageModelError.

        `seconds`: for everything, tries and waits together; None: as the options bound it.
        """
        ...


_PROVIDERS = {
    "anthropic": "engines.language_models.anthropic",
    "openai": "engines.language_models.openai",
    "compatible": "engines.language_models.openai",
}
_engines: MadeOnce[LanguageModelOptions, LanguageModel] = MadeOnce(
    loader(_PROVIDERS, LanguageModelError, "language model")
)


def make(options: LanguageModelOptions) -> LanguageModel:
    """The model for these options, made once a process. Raises LanguageModelError."""
    return _engines(options)
