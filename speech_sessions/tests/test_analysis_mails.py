"""Mails about long analyses, to those who asked for them."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from accounts.models import User
from speech_sessions import services
from speech_sessions.models import AnalysisRun, SpeechSession
from speech_sessions.pipeline import mails, new_run
from speech_sessions.tests.conftest import upload, wav


@pytest.fixture
def waiting(alice) -> User:
    """Somebody who wants to hear of it, at an address that is theirs."""
    alice.mail_when_analysed = alice.email_verified = True
    alice.save()
    return alice


def analysed(user: User, *, seconds: float = 90, state: str = "done", **fields) -> AnalysisRun:
    run = services.submit_recording(user, upload(wav()), title="Weekly update").current_run
    now = timezone.now()
    values = {
        "state": state,
        "created_at": now - timedelta(seconds=seconds),
        "finished_at": now,
        **fields,
    }
    AnalysisRun.objects.filter(pk=run.pk).update(**values)
    return AnalysisRun.objects.get(pk=run.pk)


def test_long_analysis_is_told_by_mail_once(waiting):
    run = analysed(waiting)
    assert mails.send_due() == 1
    assert mails.send_due() == 0
    [message] = mail.outbox
    assert message.to == ["alice@example.org"]
    assert message.subject == "Analysed: Weekly update"
    assert f"http://localhost:8000/speech-sessions/{run.session_id}/" in message.body


def test_failed_analysis_is_told_too(waiting):
    analysed(waiting, state="failed", error="silent")
    mails.send_due()
    assert mail.outbox[0].subject == "Not analysed: Weekly update"


@pytest.mark.parametrize(
    "case",
    [
        {"seconds": 30},
        {"state": "running", "finished_at": None},
        {"state": "failed", "error": "superseded"},
        {"finished_at": timezone.now() - timedelta(days=2)},
    ],
)
def test_no_mail_where_nobody_waited_for_it(waiting, case):
    analysed(waiting, **case)
    assert mails.send_due() == 0
    assert mail.outbox == []


def test_no_mail_to_who_did_not_ask_or_whose_address_is_unconfirmed(alice, charlie):
    analysed(alice)
    charlie.mail_when_analysed = True
    charlie.save()
    analysed(charlie)
    assert mails.send_due() == 0
    assert not AnalysisRun.objects.filter(mail_due=True).exists()


def test_no_mail_to_who_has_changed_their_mind(waiting):
    analysed(waiting)
    User.objects.update(mail_when_analysed=False)
    assert mails.send_due() == 0


def test_measuring_again_in_the_background_is_not_told(waiting):
    run = analysed(waiting)
    mails.send_due()
    assert not new_run(SpeechSession.objects.get(pk=run.session_id)).mail_due


class Refusing(EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("down")


def test_mail_waits_for_a_server_that_is_down(waiting, settings):
    analysed(waiting)
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert mails.send_due() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mails.send_due() == 1
    assert len(mail.outbox) == 1
