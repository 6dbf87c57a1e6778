"""Frames of a turn that is being spoken, on disk until the turn is stored.

A web process that dies, or a line that breaks, loses nothing that had arrived: the next connection
goes on with the same `client_id`, or beat takes what lies there in as a turn.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from conversations.sound import BYTES_A_SAMPLE, SAMPLE_RATE

# Longer turns end by themselves.
LONGEST_SECONDS = 300
LONGEST_BYTES = LONGEST_SECONDS * SAMPLE_RATE * BYTES_A_SAMPLE
# Of one talk at once: a person has few devices.
MOST_AT_ONCE = 4
# Nobody speaks into a spool that was not written to for so long.
LEFT_AFTER = 60.0
_NAME = re.compile(r"tutor-(\d+)-([A-Za-z0-9_-]{1,64})\.pcm", re.ASCII)


@dataclass(frozen=True, slots=True)
class Spool:
    """The frames of one turn: mono, 16 bit, 16 kHz."""

    session_id: int
    client_id: str

    @property
    def path(self) -> Path:
        """Where the frames lie."""
        return Path(settings.WORK_DIR) / f"tutor-{self.session_id}-{self.client_id}.pcm"

    def open(self) -> int:
        """Make it where it is not there; how many bytes it holds."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch(mode=0o600, exist_ok=True)
        return self.size

    def add(self, frames: bytes) -> bool:
        """Keep frames; False where there is no more room for all of them."""
        room = max(0, LONGEST_BYTES - self.size)
        with self.path.open("ab") as file:
            file.write(frames[:room])
        return len(frames) < room

    @property
    def size(self) -> int:
        """Bytes in it; 0 where there is none."""
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def read(self) -> bytes:
        """All frames; none where there is no spool."""
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""

    def drop(self) -> None:
        """Delete it."""
        self.path.unlink(missing_ok=True)


def of_session(session_id: int) -> list[Spool]:
    """The spools of a talk, the one written to last at the end."""
    return list(_found(f"tutor-{session_id}-*.pcm"))


def left_behind() -> list[Spool]:
    """Those that nobody wrote to lately, of any talk."""
    before = time.time() - LEFT_AFTER
    return [each for each in _found("tutor-*.pcm") if _written(each) < before]


def _found(pattern: str) -> Iterator[Spool]:
    names = (_NAME.fullmatch(path.name) for path in Path(settings.WORK_DIR).glob(pattern))
    spools = [Spool(int(name[1]), name[2]) for name in names if name]
    return iter(sorted(spools, key=_written))


def _written(spool: Spool) -> float:
    try:
        return spool.path.stat().st_mtime
    except FileNotFoundError:
        return time.time()
