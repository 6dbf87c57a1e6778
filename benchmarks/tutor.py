"""What a turn of a talk with the tutor takes: `python benchmarks/tutor.py RECORDING`.

Prints one line of JSON: seconds of a spoken turn of 5 s (heard, answered, and where a local voice
runs spoken to its end), of 10 s written down, of a sentence spoken, and queries of a turn in a
short and in a long talk. The model is loaded before, as in a worker that has been at work.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
REPEATS = 3
SENTENCE = "A soup and two slices of bread, very well."


def main() -> None:
    """Measure on a fresh database, with no broker."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "DEBUG": "true",
            "DJANGO_SETTINGS_MODULE": "verbalcoach.settings",
            "MEDIA_ROOT": f"{folder}/media",
            "MODEL_DIR": os.environ.get("MODEL_DIR", str(ROOT / "var" / "models")),
            "REDIS_URL": f"unix://{folder}/nobody.sock",
            "SECRET_KEY": "only for the benchmark " * 3,
            "VAR_DIR": folder,
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        with local_voices(Path(folder)):
            print(json.dumps(measured(Path(sys.argv[1]))))


@contextlib.contextmanager
def local_voices(folder: Path) -> Iterator[None]:
    """The process of voices, where `make run` has installed it."""
    python = ROOT / "var" / "voices" / "bin" / "python"
    if not python.is_file():
        yield
        return
    command = [str(python), str(ROOT / "voices" / "server.py"), str(folder / "voices.json")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            if process.stdout:
                process.stdout.readline()  # it says that it is ready
            yield
        finally:
            process.terminate()


def measured(recording: Path) -> dict[str, float]:
    """The figures, medians of REPEATS; `sentence_seconds` is missing where no voice runs here."""
    from speech.services import hear, speak

    five, ten = cut(recording, 5), cut(recording, 10)
    hear(five, language="en")
    found = {
        "turn_seconds": median(lambda: spoken_turn(five)),
        "ten_seconds": median(lambda: hear(ten, language="en")),
        "queries_short": queries_of_turn(after=1),
        "queries_long": queries_of_turn(after=30),
    }
    if speak("Hello.", language="en") is not None:
        numbers = iter(range(100))
        found["sentence_seconds"] = median(
            lambda: speak(f"{SENTENCE} Number {next(numbers)}.", language="en")
        )
    return found


def median(work: Any) -> float:
    """Seconds that `work` takes."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def spoken_turn(sound: bytes) -> None:
    """Take a turn in, and have it heard, answered and spoken, as a worker does."""
    from conversations.services import take_audio
    from conversations.tutoring import take_turn

    take_turn(take_audio(talk_of_somebody(), sound).pk)


def queries_of_turn(*, after: int) -> int:
    """Queries of one turn after so many others."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from conversations.services import take_text
    from conversations.tutoring import take_turn

    talk = talk_of_somebody()
    for _ in range(after):
        take_turn(take_text(talk, "A soup, please.").pk)
    message = take_text(talk, "And a water, please.")
    with CaptureQueriesContext(connection) as queries:
        take_turn(message.pk)
    return len(queries)


def talk_of_somebody() -> Any:
    """A talk about ordering food, in English."""
    from accounts.models import User
    from conversations.services import Start, start

    person, _ = User.objects.get_or_create(email="bench@example.org")
    return start(person, Start(target_language="en", scenario="ordering-food"))


def cut(recording: Path, seconds: int) -> bytes:
    """The first seconds of a recording, as a browser's microphone would send them."""
    from conversations.sound import SAMPLE_RATE, wav_of
    from speech.samples import samples_of

    return wav_of(samples_of(recording)[: seconds * SAMPLE_RATE].tobytes())


if __name__ == "__main__":
    main()
