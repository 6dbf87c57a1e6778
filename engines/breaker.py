"""Leaving a service alone that fails again and again, so that nobody waits for it."""

import threading
import time
from collections.abc import Callable

FAILURES = 3
REST_SECONDS = 60.0


class Breaker:
    """Opens after FAILURES failures in a row; REST_SECONDS later one caller may try again.

    It lives in one process: another worker finds out by itself, which costs it three tries.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until = 0.0

    def rests_for(self) -> float:
        """Seconds until the service may be asked; 0: now. Who is told 0 must say how it went."""
        with self._lock:
            if self._failures < FAILURES:
                return 0.0
            left = self._closed_until - self._clock()
            if left > 0:
                return left
            # This caller tries; the others keep away until it has told, or is lost.
            self._closed_until = self._clock() + REST_SECONDS
            return 0.0

    def succeeded(self) -> None:
        """The service answered."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """The service did not answer."""
        with self._lock:
            self._failures += 1
            self._closed_until = self._clock() + REST_SECONDS
