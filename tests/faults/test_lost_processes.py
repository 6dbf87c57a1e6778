"""What is lost when a process dies: nothing but time."""

import signal

import pytest

from tests.stack import wait_until

pytestmark = [pytest.mark.timeout(300), pytest.mark.xdist_group("stack")]


def reports_of(stack, number: int) -> list[str]:
    return stack.shell(
        "from speech_sessions.models import AnalysisRun\n"
        f"answer = [f'{{r.state}} {{hasattr(r, \"report\")}}' for r in"
        f" AnalysisRun.objects.filter(session={number})]"
    )


def test_report_arrives_once_when_the_worker_is_killed_in_the_middle(
    stack, phone, spoken_at_length, let_leases_end
):
    session = phone.upload("talk.wav", spoken_at_length)

    def is_transcribing() -> bool:
        analysis = phone.session(session["id"])["analysis"]
        assert analysis["state"] in {"queued", "running"}, analysis
        return analysis["state"] == "running" and analysis["stage"] == "transcribe"

    wait_until(is_transcribing, "the recording is being transcribed")
    stack.stop("transcription", signal.SIGKILL)
    assert phone.session(session["id"])["analysis"]["state"] == "running"

    let_leases_end()
    stack.start("transcription")
    report = phone.wait_for_report(session["id"], 180)

    assert "words" in report["transcript"]
    assert report["duration_seconds"] == pytest.approx(3 * 26.7, abs=3)
    assert reports_of(stack, session["id"]) == ["done True"]


def test_report_arrives_when_the_queue_was_down_at_the_upload(stack, phone, spoken):
    stack.stop("redis")
    session = phone.upload("talk.wav", spoken)
    assert phone.session(session["id"])["analysis"]["state"] == "queued"

    stack.start("redis")
    phone.wait_for_report(session["id"], 180)

    assert reports_of(stack, session["id"]) == ["done True"]


def test_every_worker_killed_between_two_uploads_loses_neither(
    stack, phone, spoken, let_leases_end
):
    first = phone.upload("first.wav", spoken)
    for name in ("transcription", "light", "beat"):
        stack.stop(name, signal.SIGKILL)
    second = phone.upload("second.wav", spoken)

    let_leases_end()
    stack.start("transcription", "light", "beat")

    for session in (first, second):
        phone.wait_for_report(session["id"], 180)
        assert reports_of(stack, session["id"]) == ["done True"]
