"""How every service is asked: tried again within bounds, left alone when it keeps failing."""

import random
import time
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from engines.breaker import Breaker
from engines.errors import EngineError

Answer = TypeVar("Answer")

BACK_OFF = 0.5
LONGEST_WAIT = 20.0
SHORTEST_REQUEST = 0.05
# Failures that say something of the service; the others are about one request or one answer.
OF_THE_SERVICE = {"engine_unavailable", "engine_refused"}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class Bounds:
    """What asking one service may take: `timeout` seconds a request, `retries` after the first.

    `kind` is raised while the service rests.
    """

    def __init__(
        self,
        kind: type[EngineError],
        *,
        timeout: float,
        retries: int,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._kind = kind
        self._timeout = timeout
        self._retries = retries
        self._sleep = sleep
        self.breaker = Breaker()

    def ask(self, once: Callable[[float, int], Answer], *, seconds: float | None = None) -> Answer:
        """What `once` returns, given the time-out of this request and which try it is, from 1.

        It is called again after errors that can heal. `seconds`: for all tries and waits together;
        None: as many as they take. Raises what `once` raised last, or that the service rests.
        """
        rest = self.breaker.rests_for()
        if rest:
            raise self._kind(
                "engine_resting",
                permanent=False,
                detail=f"It failed too often and is not asked for another {rest:.0f} s.",
                retry_after=rest,
            )
        try:
            answer = self._ask(once, seconds)
        except EngineError as error:
            if error.code in OF_THE_SERVICE:
                self.breaker.failed()
            else:
                self.breaker.succeeded()
            raise
        self.breaker.succeeded()
        return answer

    def _ask(self, once: Callable[[float, int], Answer], seconds: float | None) -> Answer:
        until = None if seconds is None else time.monotonic() + seconds
        for attempt in range(self._retries + 1):
            try:
                return once(self._request_seconds(until), attempt + 1)
            except EngineError as error:
                wait = _wait(error, attempt)
                left = self._retries - attempt
                if error.permanent or not left or (until and time.monotonic() + wait >= until):
                    raise
            self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _request_seconds(self, until: float | None) -> float:
        if until is None:
            return self._timeout
        return min(self._timeout, max(until - time.monotonic(), SHORTEST_REQUEST))


def host_of(url: str) -> str:
    """The machine that a service runs on."""
    return urlsplit(url).hostname or url


def _wait(error: EngineError, attempt: int) -> float:
    """Seconds before the next try: as long as the service asks, else twice as long each time."""
    if error.code == "bad_answer":
        return 0.0
    if error.retry_after is not None:
        return min(error.retry_after, LONGEST_WAIT)
    # Callers that failed together must not come back together.
    jitter = random.uniform(0.5, 1.0)  # noqa: S311 (no secret)
    return float(BACK_OFF * 2**attempt * jitter)
