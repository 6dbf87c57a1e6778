"""How far an analysis is, told on a terminal or, now and then, in a log."""

import time
from collections.abc import Callable
from typing import TextIO

STAGES = {
    "decode": "reading the sound",
    "transcribe": "recognising words",
    "measure": "measuring",
    "feedback": "choosing what to practise",
}
# On a terminal one line is written over and over; elsewhere lines stay, so there are few.
OVERWRITE_EVERY = 0.1
LINE_EVERY = 15.0


class Progress:
    """Takes what `measure_file` reports of one file. Call `close()` when the file is done."""

    def __init__(
        self, name: str, stream: TextIO, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._name = name
        self._stream = stream
        self._now = now
        self._live = stream.isatty()
        # A short file says nothing in a log: its first line would come when it is done.
        self._told = now() if not self._live else float("-inf")

    def __call__(self, stage: str, done: float) -> None:
        """`done`: how much of the stage is behind, 0-1."""
        every = OVERWRITE_EVERY if self._live else LINE_EVERY
        if self._now() - self._told < every:
            return
        self._told = self._now()
        said = f"{self._name}: {STAGES.get(stage, stage)}, {100 * done:.0f} %"
        self._stream.write(f"\r\033[K{said}" if self._live else f"{said}\n")
        self._stream.flush()

    def close(self) -> None:
        """Leave an empty line behind on a terminal."""
        if self._live:
            self._stream.write("\r\033[K")
            self._stream.flush()
