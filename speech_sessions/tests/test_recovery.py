"""Workers as processes of their own: killed, racing, and writing all at once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Blocks of ten seconds and short leases: what matters happens in seconds instead of minutes.
PRELUDE = """
import sys, time
from datetime import timedelta
import django
django.setup()
from analysis import windows
from django.core.files.uploadedfile import SimpleUploadedFile
from accounts.models import User
from speech_sessions import services
from speech_sessions.models import AnalysisRun
from speech_sessions.pipeline import abandoned_runs, claims, mark_sent, run_next_stage
windows.BLOCK_SECONDS = 10.0
claims.LEASE, claims.RENEW_SECONDS = timedelta(seconds=2), 0.5

def work(run_id):
    stages = 0
    following = run_next_stage(run_id)
    while following is not None:
        stages += 1
        following = run_next_stage(run_id)
    return stages
"""


class Installation:
    """A database and folders of their own, and processes that share them."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "test.sqlite3"
        self.environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{self.database}",
            "DEBUG": "true",
            "DJANGO_SETTINGS_MODULE": "verbalcoach.settings",
            "MEDIA_ROOT": str(folder / "media"),
            "MODEL_DIR": str(ROOT / "var" / "models"),
            "REDIS_URL": f"unix://{folder}/nobody.sock",
            "VAR_DIR": str(folder),
        }

    def start(self, code: str, *arguments: object) -> "subprocess.Popen[str]":
        """A process that runs `code` after PRELUDE."""
        return subprocess.Popen(
            [sys.executable, "-c", PRELUDE + code, *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, code: str, *arguments: object) -> str:
        """What `code` prints; fails with what it complains of."""
        return finished(self.start(code, *arguments))

    def ask(self, query: str) -> list[tuple]:
        """Rows of the database, read past the product."""
        with sqlite3.connect(self.database) as connection:
            rows = connection.execute(query).fetchall()
        connection.close()
        return rows


def finished(process: "subprocess.Popen[str]") -> str:
    printed, complaint = process.communicate(timeout=90)
    assert process.returncode == 0, complaint[-3000:]
    return printed.strip().rpartition("\n")[2]


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Installation:
    made = Installation(tmp_path_factory.mktemp("installation"))
    made.run(
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "User.objects.create_user('alice@example.org')"
    )
    return made


SUBMIT = """
content = open(sys.argv[1], "rb").read()
alice = User.objects.get()
print(services.submit_recording(alice, SimpleUploadedFile("talk.flac", content)).current_run.pk)
"""


@pytest.fixture
def run_id(installation, speech, tmp_path) -> int:
    path = tmp_path / "talk"
    path.write_bytes(speech)
    return int(installation.run(SUBMIT, path))


def test_killed_workers_run_is_gone_on_with_at_the_next_block_and_ends_in_one_report(
    installation, run_id
):
    blocks = (
        "SELECT number, seconds, transcript FROM speech_sessions_transcribedblock"
        f" WHERE run_id = {run_id} ORDER BY number"
    )
    doomed = installation.start("work(int(sys.argv[1]))", run_id)
    end = time.monotonic() + 60
    while not installation.ask(blocks):
        assert time.monotonic() < end, "no block was ever stored"
        assert doomed.poll() is None, doomed.communicate()
        time.sleep(0.02)
    doomed.send_signal(signal.SIGKILL)
    doomed.communicate()
    before = installation.ask(blocks)
    state = f"SELECT state, stage FROM speech_sessions_analysisrun WHERE id = {run_id}"
    assert installation.ask(state) == [("running", "transcribe")]
    go_on = """
run_id = int(sys.argv[1])
end = time.monotonic() + 30
while run_id not in [run.pk for run in abandoned_runs()]:
    assert time.monotonic() < end
    time.sleep(0.1)
print(work(run_id))
"""
    stages = int(installation.run(go_on, run_id))
    assert stages == 2  # transcribe, measure; feedback ends it
    assert installation.ask(state) == [("done", "feedback")]
    after = installation.ask(blocks)
    assert after[: len(before)] == before
    assert len(after) > len(before)
    reports = f"SELECT count(*) FROM speech_sessions_speechreport WHERE run_id = {run_id}"
    assert installation.ask(reports) == [(1,)]


def test_of_two_workers_that_race_for_a_run_one_does_each_stage(installation, run_id):
    race = """
print("ready", flush=True)
sys.stdin.readline()
run_id, stages = int(sys.argv[1]), 0
while AnalysisRun.objects.filter(pk=run_id, state__in=AnalysisRun.UNFINISHED).exists():
    stages += work(run_id)
    time.sleep(0.01)
print(stages)
"""
    racers = [installation.start(race, run_id) for _ in range(2)]
    assert [racer.stdout.readline() for racer in racers] == ["ready\n"] * 2
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    outcomes = [finished(racer) for racer in racers]
    state = f"SELECT state FROM speech_sessions_analysisrun WHERE id = {run_id}"
    assert installation.ask(state) == [("done",)]
    reports = f"SELECT count(*) FROM speech_sessions_speechreport WHERE run_id = {run_id}"
    assert installation.ask(reports) == [(1,)]
    numbers = (
        "SELECT count(*), count(DISTINCT number) FROM speech_sessions_transcribedblock"
        f" WHERE run_id = {run_id}"
    )
    [(count, distinct)] = installation.ask(numbers)
    assert count == distinct >= 2
    # decode, transcribe and measure are passed on once each, whoever did them.
    assert sum(map(int, outcomes)) == 3


def test_many_processes_write_to_sqlite_at_once_and_none_is_locked_out(installation):
    busy = """
alice = User.objects.get()
text = "Um, so I think, um, that we should begin. Uh, it is time. " * 5
for number in range(5):
    session = services.create_record(alice, duration=60, transcription=text)
    work(session.current_run.pk)
    services.update_session(session, {"title": str(number)})
    for run in abandoned_runs():
        mark_sent(run)
    session.refresh_from_db()
    assert session.status == "analyzed", session.current_run.error_detail
    assert session.reports.count() == 1
"""
    for process in [installation.start(busy) for _ in range(4)]:
        finished(process)
