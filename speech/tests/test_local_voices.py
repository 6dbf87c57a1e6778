"""The process of voices: what it says where it cannot speak, and what it lets be said."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engines.voices import VoiceError, VoiceOptions, make

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = ROOT / "var" / "voices" / "bin" / "python"


def started(folder: Path, *command: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(folder),
            "TTS_PROVIDERS": "",
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"TTS_PROVIDERS": "openai"}, "TTS_PROVIDERS names others only"),
        (
            {"LOCAL_VOICES_INSTALL": "false", "LOCAL_VOICES_HOME": "nowhere"},
            "LOCAL_VOICES_INSTALL is off",
        ),
    ],
)
def test_process_that_cannot_speak_says_why_and_stays_until_it_is_ended(
    tmp_path, environment, said
):
    if "LOCAL_VOICES_HOME" in environment:
        environment["LOCAL_VOICES_HOME"] = str(tmp_path / "nowhere")
    process = started(tmp_path, sys.executable, "voices/start.py", **environment)
    assert said in process.stdout.readline()
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
    process.stdout.close()


@pytest.fixture(scope="module")
def voices(tmp_path_factory):
    """Piper itself, where `make run` has installed it."""
    if not INSTALLED.is_file():
        pytest.skip("Piper is not installed in var/voices; `make run` does so")
    folder = tmp_path_factory.mktemp("voices")
    process = started(folder, str(INSTALLED), "voices/server.py", str(folder / "voices.json"))
    assert "ready" in process.stdout.readline()
    options = VoiceOptions("local", address_file=folder / "voices.json", retries=0)
    yield options
    make(options).client.close()
    process.send_signal(signal.SIGTERM)
    process.wait(10)
    process.stdout.close()
    assert not (folder / "voices.json").exists()


def test_piper_speaks_english(voices):
    local = make(voices)
    assert voices.address_file.stat().st_mode & 0o077 == 0
    sound = local.speak("Good evening.", language="en", voice=None, speed=1.0, timeout=30)
    slow = local.speak("Good evening.", language="en", voice=None, speed=0.6, timeout=30)
    assert 0.4 < sound.seconds < 3
    assert slow.seconds > 1.2 * sound.seconds
    with pytest.raises(VoiceError) as raised:
        local.speak("Hola.", language="es", voice=None, speed=1.0, timeout=30)
    assert raised.value.code == "no_voice"


def test_piper_answers_only_who_has_the_token_and_asks_well(voices):
    local = make(voices)
    url, headers = local._address()
    assert local.client.get(f"{url}/voices").status_code == 401
    wrong = {"Authorization": "Bearer made-up"}
    assert local.client.get(f"{url}/voices", headers=wrong).status_code == 401
    asked = {"text": "Hello.", "voice": "../../etc/passwd"}
    assert local.client.post(f"{url}/speak", headers=headers, json=asked).status_code == 400
    for body in (b"{", b"[]", b'{"text": "", "voice": "en_US-joe-medium"}'):
        answer = local.client.post(f"{url}/speak", headers=headers, content=body)
        assert answer.status_code == 400
