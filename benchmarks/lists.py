"""What lists and searches cost as sessions grow: `python benchmarks/lists.py COUNT…`.

Prints one line of JSON: for each count and request its number of queries and its time in
milliseconds, on a database made for it, with COUNT analysed sessions, COUNT practice sessions and
COUNT words of one person and as many of somebody else. Each count has a process of its own, and
they ask in turns, so that whatever else the machine does falls on all of them alike.
"""

import functools
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
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
    "words due": "/api/v1/vocabulary/due/",
    "words page": "/vocabulary/",
    "practice stats": "/api/v1/practice/sessions/stats/",
    "practice calendar": "/api/v1/practice/sessions/calendar/",
}
REPEATS = 40
# Every text holds 120 of these; one text in four also holds the word that is searched for, so that
# a page of 100 sessions' matches is as full as one of 10,000's.
WORDS = [
    f"{first}{last}"
    for first, last in itertools.product(("fa", "mo", "ti", "lu", "ge"), ("ren", "so", "dal", "k"))
]


def main() -> None:
    """Let each count's process ask in turns, and print what they found."""
    if sys.argv[1] == "--answer":
        answer(int(sys.argv[2]))
        return
    askers = {
        count: subprocess.Popen(
            [sys.executable, __file__, "--answer", count],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for count in sys.argv[1:]
    }
    queries = {count: _line(asker) for count, asker in askers.items()}
    rounds: list[dict[str, dict[str, float]]] = []
    for _ in range(REPEATS):
        rounds.append({})
        for count, asker in askers.items():
            _send(asker)
            rounds[-1][count] = _line(asker)
    for asker in askers.values():
        asker.communicate()
    found = {
        count: {
            name: {
                "queries": queries[count][name],
                "milliseconds": statistics.median(times[count][name] for times in rounds),
            }
            for name in REQUESTS
        }
        for count in askers
    }
    print(json.dumps(found))


def _send(asker: "subprocess.Popen[str]") -> None:
    assert asker.stdin is not None
    asker.stdin.write("\n")
    asker.stdin.flush()


def _line(asker: "subprocess.Popen[str]") -> dict[str, float]:
    assert asker.stdout is not None
    return dict(json.loads(asker.stdout.readline()))


def answer(count: int) -> None:
    """Fill a fresh database; print queries, then the times of a round for every line read."""
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
        person = fill(count)
        print(json.dumps(queries_of(person)), flush=True)
        for _ in sys.stdin:
            print(json.dumps(times_of(person)), flush=True)


def fill(count: int) -> Any:
    """The person whose `count` sessions are asked for."""
    from accounts.models import User

    random.seed(4)
    people = [User.objects.create_user(f"{name}@example.org", "-") for name in ("bench", "other")]
    for person in people:
        _sessions_of(person, count)
        _practice_of(person, count)
        _words_of(person, count)
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


def _practice_of(person: Any, count: int) -> None:
    """A session every five hours, as far back as that goes; 10,000 take almost six years."""
    from collections import defaultdict

    from django.utils import timezone

    from practice.models import Kind, PracticeDay, PracticeRun, PracticeSession

    now = timezone.now()
    kinds = (Kind.TABLE_TOPICS, Kind.INTERVIEW, Kind.FREE)
    sessions = [
        PracticeSession(
            user=person,
            kind=kinds[number % len(kinds)],
            started_at=now - timedelta(hours=5 * number),
            completed_at=now - timedelta(hours=5 * number),
            duration_seconds=300,
            completion_status=PracticeSession.Status.COMPLETED,
            time_zone="UTC",
            local_date=(now - timedelta(hours=5 * number)).date(),
        )
        for number in range(count)
    ]
    PracticeSession.objects.bulk_create(sessions, batch_size=500)
    of_day = defaultdict(list)
    for session in sessions:
        of_day[session.local_date, session.kind].append(session)
    PracticeDay.objects.bulk_create(
        [
            PracticeDay(
                user=person,
                date=date,
                kind=kind,
                seconds=300 * len(found),
                sessions=len(found),
                first_at=found[-1].started_at,
                last_at=found[0].started_at,
                time_zone="UTC",
            )
            for (date, kind), found in of_day.items()
        ],
        batch_size=500,
    )
    PracticeRun.objects.create(
        user=person, last_at=now, last_zone="UTC", length=count, since_freeze=count, best=count
    )


def _words_of(person: Any, count: int) -> None:
    """Four in five were begun, and come within some months; each was seen five times."""
    from django.utils import timezone

    from flashcards.models import Card, Review

    now = timezone.now()
    cards = Card.objects.bulk_create(
        [
            Card(
                user=person,
                language="es",
                language_code="es",
                word=f"palabra {number}",
                word_key=f"palabra {number}",
                state="review" if number % 5 else "new",
                stability=number % 60 + 1,
                difficulty=5,
                due_at=now + timedelta(hours=number % 2000 - 100),
                reviews=5,
            )
            for number in range(count)
        ],
        batch_size=500,
    )
    Review.objects.bulk_create(
        [
            Review(
                user=person,
                card=card,
                review_id=f"{card.pk}-{number}",
                rating=number % 4 + 1,
                reviewed_at=now - timedelta(days=number * 20 + card.pk % 20 + 1),
                retention=0.9,
                was="review",
                before={},
            )
            for card in cards
            for number in range(5)
        ],
        batch_size=500,
    )


def _text(number: int) -> str:
    words = random.choices(WORDS, k=120)
    return " ".join([*words, "harbour"] if number % 4 == 0 else words)


def queries_of(person: Any) -> dict[str, int]:
    """The number of queries of every request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = _client(person)
    found = {}
    for name, path in REQUESTS.items():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}")
        found[name] = len(queries)
    return found


def times_of(person: Any) -> dict[str, float]:
    """Milliseconds of every request, asked once."""
    client = _client(person)
    times = {}
    for name, path in REQUESTS.items():
        began = time.perf_counter()
        client.get(path)
        times[name] = (time.perf_counter() - began) * 1000
    return times


@functools.cache
def _client(person: Any) -> Any:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client


if __name__ == "__main__":
    main()
