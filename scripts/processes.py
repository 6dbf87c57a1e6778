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
        self._terminating: bool
        self._told: set[str] = set()
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

    def terminate(self) -> None:
        """End everything; may come again, for what had not started at the first time."""
        self._terminating = False
        super().terminate()

    def _any_stopped(self) -> bool:
        # Honcho's loop asks once all have started. A signal that came before told nobody, so none
        # would ever stop: the answer makes the loop end them, and kill them if they linger.
        return self._terminating or bool(super()._any_stopped())

    def _killall(self, force: bool = False) -> None:
        everything = self._processes
        chosen = {
            name: process
            for name, process in everything.items()
            if "pid" in process and (force or name not in self._told)
        }
        self._told |= chosen.keys()
        self._processes = chosen
        try:
            super()._killall(force)
        finally:
            self._processes = everything
