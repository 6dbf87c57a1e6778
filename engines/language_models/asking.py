"""A language model's connection within the bounds of asking, its reply checked."""

import time
from dataclasses import dataclass
from typing import Protocol

from engines.asking import LOOPBACK, Bounds
from engines.language_models import Answer, LanguageModelError, LanguageModelOptions, Request
from engines.language_models.structure import object_in


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back from one request."""

    text: str
    model: str
    input_tokens: int | None
    output_tokens: int | None


class Connection(Protocol):
    """One provider's client: sends a request once."""

    def send(self, request: Request, timeout: float) -> Reply:
        """Raises LanguageModelError."""
        ...


class BoundedModel:
    """A connection that is asked again after what can heal, never longer than allowed."""

    def __init__(self, connection: Connection, options: LanguageModelOptions, host: str) -> None:
        self._connection = connection
        self._options = options
        self._host = host
        self.bounds = Bounds(LanguageModelError, timeout=options.timeout, retries=options.retries)
        self.name = f"{options.model} at {host}"
        self.leaves_machine = host not in LOOPBACK

    def ask(self, request: Request, *, seconds: float | None = None) -> Answer:
        """An object of the request's schema. Raises LanguageModelError."""
        began = time.monotonic()

        def once(timeout: float, tries: int) -> Answer:
            reply = self._connection.send(request, timeout)
            return Answer(
                data=object_in(reply.text, request.schema),
                provider=self._options.provider,
                model=reply.model or self._options.model,
                host=self._host,
                leaves_machine=self.leaves_machine,
                seconds=round(time.monotonic() - began, 3),
                tries=tries,
                input_tokens=reply.input_tokens,
                output_tokens=reply.output_tokens,
            )

        return self.bounds.ask(once, seconds=seconds)
