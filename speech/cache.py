"""Sound that was made before: kept by what was said and how, until there is no more room.

It lies in MEDIA_ROOT/speech, two files each: the sound, and what is known of it. Nothing in it says
for whom it was made.
"""

import hashlib
import json
import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FOLDER = "speech"
# Making room looks at every file: only now and then, and then for more than the next one needs.
LOOK_EVERY = 60.0
_looked = [0.0]


@dataclass(frozen=True, slots=True)
class Kept:
    """A sound in the cache: its name in the storage, its length, and the voice that spoke."""

    path: str
    duration_seconds: float
    voice: str


def key_of(*parts: object) -> str:
    """The name under which a sound is kept that these make."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def find(key: str, kind: str) -> Kept | None:
    """The sound, now fresh again, or None."""
    sound = _folder() / f"{key}.{kind}"
    try:
        known = json.loads(_about(sound).read_text(encoding="utf-8"))
        os.utime(sound)
        return Kept(f"{FOLDER}/{sound.name}", float(known["seconds"]), str(known["voice"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep(key: str, kind: str, content: bytes, *, seconds: float, voice: str) -> Kept:
    """Store a sound; older ones go where the room is needed."""
    folder = _folder()
    folder.mkdir(mode=settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS, parents=True, exist_ok=True)
    sound = folder / f"{key}.{kind}"
    about = json.dumps({"seconds": round(seconds, 3), "voice": voice})
    # The sound comes first: whoever finds what is known of it finds the whole of it.
    _write(sound, content)
    _write(_about(sound), about.encode())
    make_room(now=time.monotonic() - _looked[0] > LOOK_EVERY)
    return Kept(f"{FOLDER}/{sound.name}", round(seconds, 3), voice)


def make_room(*, now: bool = True) -> int:
    """Delete what is too old, and the least lately heard over SPEECH_CACHE_BYTES; how many went."""
    if not now:
        return 0
    _looked[0] = time.monotonic()
    oldest = time.time() - settings.SPEECH_CACHE_DAYS * 86_400
    sounds = []
    for file in _folder().glob("*"):
        try:
            status = file.stat()
            # Beside the sounds lies the folder of recordings that wait to be heard.
            if file.suffix != ".json" and stat.S_ISREG(status.st_mode):
                sounds.append((status.st_mtime, status.st_size, file))
        except FileNotFoundError:  # another process was quicker
            continue
    room = sum(size for _, size, _ in sounds) - settings.SPEECH_CACHE_BYTES
    gone = 0
    for heard, size, file in sorted(sounds):
        if room <= 0 and heard > oldest:
            break
        file.unlink(missing_ok=True)
        _about(file).unlink(missing_ok=True)
        room -= size
        gone += 1
    return gone


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER


def _about(sound: Path) -> Path:
    return sound.with_name(f"{sound.name}.json")


def _write(file: Path, content: bytes) -> None:
    made = file.with_name(f".{file.name}.{os.getpid()}.{time.monotonic_ns()}")
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as opened:
        opened.write(content)
    made.replace(file)
