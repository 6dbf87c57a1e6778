"""How every model is asked: tried again within bounds, left alone when it keeps failing."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from engines.language_models import Answer, LanguageModelError, LanguageModelOptions, Request
from engines.language_models.breaker import Breaker
from engines.language_models.structure import object_in

BACK_OFF = 0.5
LONGEST_WAIT = 20.0
SHORTEST_REQUEST = 0.05
# Failures that say something of the service; the others are about one request or one answer.
OF_THE_SERVICE = {"engine_unavailable", "engine_refused"}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


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

    def __init__(
        self,
        connection: Connection,
        options: LanguageModelOptions,
        host: str,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._connection = connection
        self._options = options
        self._host = host
        self._sleep = sleep
        self.breaker = Breaker()
        self.name = f"{options.model} at {host}"
        self.leaves_machine = host not in LOOPBACK

    def ask(self, request: Request, *, seconds: float | None = None) -> Answer:
        """An object of the request's schema. Raises LanguageModelError."""
        rest = self.breaker.rests_for()
        if rest:
            raise LanguageModelError(
                "engine_resting",
                permanent=False,
                detail=f"It failed too often and is not asked for another {rest:.0f} s.",
                retry_after=rest,
            )
        try:
            answer = self._ask(request, seconds)
        except LanguageModelError as error:
            if error.code in OF_THE_SERVICE:
                self.breaker.failed()
            else:
                self.breaker.succeeded()
            raise
        self.breaker.succeeded()
        return answer

    def _ask(self, request: Request, seconds: float | None) -> Answer:
        began = time.monotonic()
        until = None if seconds is None else began + seconds
        for attempt in range(self._options.retries + 1):
            try:
                return self._once(request, began, until, attempt + 1)
            except LanguageModelError as error:
                wait = _wait(error, attempt)
                left = self._options.retries - attempt
                if error.permanent or not left or (until and time.monotonic() + wait >= until):
                    raise
            self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _once(self, request: Request, began: float, until: float | None, tries: int) -> Answer:
        timeout = self._options.timeout
        if until is not None:
            timeout = min(timeout, max(until - time.monotonic(), SHORTEST_REQUEST))
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


def host_of(url: str) -> str:
    """The machine that a service runs on."""
    return urlsplit(url).hostname or url


def _wait(error: LanguageModelError, attempt: int) -> float:
    """Seconds before the next try: as long as the service asks, else twice as long each time."""
    if error.code == "bad_answer":
        return 0.0
    if error.retry_after is not None:
        return min(error.retry_after, LONGEST_WAIT)
    # Callers that failed together must not come back together.
    jitter = random.uniform(0.5, 1.0)  # noqa: S311 (no secret)
    return float(BACK_OFF * 2**attempt * jitter)
