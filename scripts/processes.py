"""Honcho's manager, made safe against a signal that arrives while processes are still starting."""

import contextlib
import os
import re
import signal
from collections.abc import Callable
from typing import Any

from honcho.manager import Manager
from honcho.printer import Message, Printer

# Lines that tell whoever runs this on a laptop nothing: Honcho's own, and a server's advice.
_NOISE = re.compile(r"started \(pid=|sending SIG|SIG\w+ received|Memory overcommit|Hitting Ctrl\+C")


class _Printer(Printer):
    def write(self, message: Message) -> None:
        data = message.data
        text = data.decode(errors="replace") if isinstance(data, bytes) else str(data)
        if text.strip() and not _NOISE.search(text):
            super().write(message)


class Processes(Manager):
    """Runs commands side by side; when one ends or a signal comes, all of them end."""

    def __init__(self) -> None:
        super().__init__(_Printer())
        self._processes: dict[str, dict[str, Any]]
        self.when_started: Callable[[], None] = lambda: None

    def sweep(self) -> None:
        """Kill what is left of every process's group, such as a worker's own children."""
        for process in self._processes.values():
            if "pid" in process:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(process["pid"], signal.SIGKILL)

    def _start(self) -> None:
        super()._start()
        self.when_started()

    def _killall(self, force: bool = False) -> None:
        # One that has no pid yet starts all the same, and is killed when the others have ended.
        everything = self._processes
        self._processes = {name: p for name, p in everything.items() if "pid" in p}
        try:
            super()._killall(force)
        finally:
            self._processes = everything
