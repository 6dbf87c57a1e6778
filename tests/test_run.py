"""`make run`: it starts, says where, explains what is in its way, and leaves nothing behind."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stack import ROOT, Stack, wait_until

sys.path.insert(0, str(ROOT / "scripts"))
import prepare
import progress

pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("stack")]


class Run:
    """`scripts/run.py` in a folder of its own, as make starts it."""

    def __init__(self, folder: Path) -> None:
        self.stack = Stack(folder, f"sqlite:///{folder / 'run.sqlite3'}")
        self.output = folder / "output.txt"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "scripts/run.py", "--port", str(self.stack.port)],
                cwd=ROOT,
                env=self.stack.environment,
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def says(self, text: str) -> bool:
        assert self.process.poll() is None or text in self.output.read_text(), (
            self.output.read_text()
        )
        return text in self.output.read_text()

    def children(self) -> list[str]:
        """Every process of this machine that works in this run's folder."""
        found = []
        for status in Path("/proc").glob("[0-9]*/environ"):
            try:
                if f"VAR_DIR={self.stack.folder}\0".encode() in status.read_bytes():
                    found.append((status.parent / "cmdline").read_text().replace("\0", " "))
            except (FileNotFoundError, PermissionError, ProcessLookupError):
                continue
        return found


@pytest.fixture
def run(tmp_path):
    yield from _running(tmp_path)


@pytest.fixture
def run_on_its_tables(tmp_path, django_db_setup):
    """As at a second start: the tables are there already."""
    django_db_setup.copied_to(tmp_path / "run.sqlite3")
    yield from _running(tmp_path)


def _running(tmp_path):
    samples = ROOT / "var" / "samples"
    if samples.is_dir():
        shutil.copytree(samples, tmp_path / "samples")
    run = Run(tmp_path)
    yield run
    if run.process.poll() is None:
        run.process.send_signal(signal.SIGTERM)
        run.process.wait(30)


def test_run_prints_address_and_sign_in_and_stops_without_a_trace(run):
    wait_until(lambda: run.says("Verbal Coach answers at"), "the address is printed", 90)
    account = json.loads((run.stack.folder / "demo.json").read_text())
    assert (run.stack.folder / "demo.json").stat().st_mode & 0o077 == 0
    assert run.says(f"Sign in as {account['email']} with the password {account['password']}")
    assert run.stack.status("/") == 200
    again = subprocess.run(
        [sys.executable, "scripts/run.py", "--port", "1"],
        cwd=ROOT,
        env=run.stack.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "already runs from this folder at http://127.0.0.1:" in again.stderr

    assert len(run.children()) > 5
    os.killpg(run.process.pid, signal.SIGINT)

    assert run.process.wait(20) == 0
    assert run.children() == []
    assert "Traceback" not in run.output.read_text()


def test_run_stops_without_a_trace_when_interrupted_while_starting(run_on_its_tables):
    run = run_on_its_tables
    wait_until(lambda: run.says("Starting the web server"), "processes are being started", 60)
    os.killpg(run.process.pid, signal.SIGTERM)
    run.process.wait(30)
    assert run.children() == []


def test_taken_port_is_told_in_one_sentence_before_anything_is_installed(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "scripts/prepare.py", "run", "--port", port],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_impossible_port_is_refused(port):
    with pytest.raises(progress.SetupError, match="PORT must be a number"):
        prepare.refuse_taken_port("127.0.0.1", port)


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("NewConnectionError: Temporary failure in name resolution", "cannot be reached"),
        ("npm error code EAI_AGAIN", "cannot be reached"),
        ("SyntaxError: invalid syntax", "SyntaxError"),
    ],
)
def test_failed_installation_is_explained(output, sentence):
    assert sentence in progress.sentence_for(output, "Installing the packages")


def test_settings_of_this_machine_are_written_once_and_for_the_owner_only(tmp_path, monkeypatch):
    file = tmp_path / ".env"
    monkeypatch.setattr(prepare, "ENV_FILE", file)
    prepare.write_env_file()
    first = file.read_text()
    prepare.write_env_file()
    assert file.read_text() == first
    assert file.stat().st_mode & 0o077 == 0
    assert "DEBUG=true" in first
    secret = next(line for line in first.splitlines() if line.startswith("SECRET_KEY="))
    assert len(secret) > 60
