"""What lists and searches cost as sessions grow: `python benchmarks/lists.py COUNT`.

Prints one line of JSON: for each request its number of queries and its time in milliseconds, on a
database made for it, with COUNT analysed sessions of one person and as many of somebody else.
"""

import itertools
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

REQUESTS = {
    "list page": "/speech-sessions/",
    "API list": "/api/v1/speech-sessions/",
    "search page": "/speech-sessions/?search=harbour",
    "API search": "/api/v1/speech-sessions/?search=harbour",
}
REPEATS = 40
# Every text holds 120 of these; one text in twenty also holds the word that is searched for.
WORDS = [
    f"{first}{last}"
    for first, last in itertools.product(("fa", "mo", "ti", "lu", "ge"), ("ren", "so", "dal", "k"))
]


def main() -> None:
    """Fill a fresh database, ask, and print."""
    count = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": os.environ.get("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3"),
            "DEBUG": "true",
            "DJANGO_SETTINGS_MODULE": "verbalcoach.settings",
            "REDIS_URL": f"unix://{folder}/nobody.sock",
            "SECRET_KEY": "only for the benchmark " * 3,
            "VAR_DIR": folder,
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0, interactive=False)
        call_command("collectstatic", verbosity=0, interactive=False)
        print(json.dumps(measure(fill(count))))


def fill(count: int) -> Any:
    """The person whose `count` sessions are asked for."""
    from accounts.models import User

    random.seed(4)
    people = [User.objects.create_user(f"{name}@example.org", "-") for name in ("bench", "other")]
    for person in people:
        _sessions_of(person, count)
    return people[0]


def _sessions_of(person: Any, count: int) -> None:
    from django.utils import timezone

    from speech_sessions.models import AnalysisRun, SpeechReport, SpeechSession

    now = timezone.now()
    sessions = SpeechSession.objects.bulk_create(
        [
            SpeechSession(
                user=person,
                title=f"Talk {number}",
                date=now - timedelta(hours=number),
                duration=300,
                filler_count=number % 30,
                status=SpeechSession.Status.ANALYZED,
                transcription=_text(number),
                outline=[0.5] * 48,
            )
            for number in range(count)
        ],
        batch_size=500,
    )
    runs = AnalysisRun.objects.bulk_create(
        [AnalysisRun(session=session, state="done", progress=100) for session in sessions],
        batch_size=500,
    )
    reports = SpeechReport.objects.bulk_create(
        [
            SpeechReport(
                session=session,
                run=run,
                version="1",
                duration=300,
                words=600,
                filler_count=session.filler_count,
                fillers_per_minute=2.5,
                speech_rate=140,
                pacing="Steady.",
                transcript=session.transcription,
                document={"words": [{"text": "word", "start": 1, "end": 2}] * 200},
            )
            for session, run in zip(sessions, runs, strict=True)
        ],
        batch_size=200,
    )
    for session, run, report in zip(sessions, runs, reports, strict=True):
        session.current_run, session.report = run, report
    SpeechSession.objects.bulk_update(sessions, ["current_run", "report"], batch_size=200)


def _text(number: int) -> str:
    words = random.choices(WORDS, k=120)
    return " ".join([*words, "harbour"] if number % 20 == 0 else words)


def measure(person: Any) -> dict[str, dict[str, float]]:
    """Queries and median milliseconds of every request, asked in turns."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    found: dict[str, dict[str, float]] = {}
    for name, path in REQUESTS.items():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
        found[name] = {"queries": len(queries)}
    times: dict[str, list[float]] = {name: [] for name in REQUESTS}
    for name in _in_turns():
        began = time.perf_counter()
        client.get(REQUESTS[name])
        times[name].append((time.perf_counter() - began) * 1000)
    for name, taken in times.items():
        found[name]["milliseconds"] = statistics.median(taken)
    return found


def _in_turns() -> Iterator[str]:
    for _ in range(REPEATS):
        yield from REQUESTS


if __name__ == "__main__":
    main()
