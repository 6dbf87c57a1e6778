"""Mails go out once, later if need be, and say what happened."""

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.core import mail as django_mail
from django.utils import timezone
from kombu.exceptions import OperationalError

from accounts import mails, security_log, tasks
from accounts.apps import site_url_is_said
from accounts.models import SecurityEvent

Kind = SecurityEvent.Kind


@pytest.fixture
def alices_event(alice, rf):
    request = rf.get(
        "/",
        REMOTE_ADDR="198.51.100.7",
        headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"},
    )
    return security_log.record(alice, Kind.PASSWORD_CHANGED, request)


def test_mail_says_when_where_with_what_and_what_to_do(alices_event, alice, mailoutbox):
    alice.time_zone = "Europe/Vienna"
    alice.save()
    SecurityEvent.objects.update(at="2026-11-21T09:30:00Z")

    assert mails.send(alices_event.pk)

    [mail] = mailoutbox
    assert mail.to == ["alice@example.org"]
    assert mail.subject == "Your password was changed"
    for part in (
        "21 November 2026, 10:30 (CET)",
        "198.51.100.7",
        "Firefox on Windows",
        "http://localhost:8000/accounts/password/reset/",
        "http://localhost:8000/accounts/activity/",
    ):
        assert part in mail.body
    assert "\n\n\n" not in mail.body


def test_mail_goes_out_once_however_often_it_is_ordered(alices_event, mailoutbox):
    for _ in range(3):
        tasks.mail_event(alices_event.pk)

    assert len(mailoutbox) == 1
    alices_event.refresh_from_db()
    assert not alices_event.mail_due
    assert alices_event.mailed_at is not None


def test_mail_that_another_worker_is_sending_is_left_to_it(alices_event, mailoutbox):
    SecurityEvent.objects.update(mail_after=timezone.now() + mails.LEASE, mail_attempts=1)

    assert not mails.send(alices_event.pk)
    assert not mailoutbox


def test_mail_of_a_worker_that_was_killed_is_sent_later(alices_event, mailoutbox):
    SecurityEvent.objects.update(mail_after=timezone.now() - timedelta(seconds=1), mail_attempts=1)

    assert mails.send(alices_event.pk)


def test_failed_mail_is_tried_again_with_growing_pauses_and_then_no_more(
    alices_event, settings, caplog
):
    settings.EMAIL_BACKEND = "accounts.tests.mail_servers.SilentBackend"
    pauses = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(len(mails.PAUSES)):
            assert not mails.send(alices_event.pk)
            alices_event.refresh_from_db()
            pauses.append(alices_event.mail_after - timezone.now())
            clock.move_to(alices_event.mail_after)
        assert not mails.send(alices_event.pk)

    assert tuple(pauses) == mails.PAUSES
    alices_event.refresh_from_db()
    assert (alices_event.mail_due, alices_event.mailed_at) == (False, None)
    assert "alice@example.org" not in caplog.text


def test_mail_to_a_mailbox_that_is_not_there_is_given_up_at_once(alices_event, settings):
    settings.EMAIL_BACKEND = "accounts.tests.mail_servers.RefusingBackend"

    mails.send(alices_event.pk)

    alices_event.refresh_from_db()
    assert not alices_event.mail_due


def test_mail_that_came_too_late_is_not_sent(alices_event, mailoutbox):
    SecurityEvent.objects.update(at=timezone.now() - mails.TOO_OLD)

    tasks.send_due_mails()

    alices_event.refresh_from_db()
    assert not alices_event.mail_due
    assert not mailoutbox


@pytest.mark.django_db(transaction=True)
def test_mail_waits_for_beat_while_the_broker_is_down(alice):
    down = OperationalError("no broker")
    with patch.object(tasks.mail_event, "apply_async", side_effect=down) as ordering:
        event = security_log.record(alice, Kind.PASSWORD_CHANGED)
        assert ordering.call_count == 1
        tasks.send_due_mails()
        assert ordering.call_count == 2

    assert list(mails.due()) == [event]


@pytest.mark.parametrize("kind", sorted(security_log.SERIOUS | security_log.MAIL_ASKED))
def test_every_kind_that_is_mailed_has_its_words(alice, kind):
    event = SecurityEvent(
        pk=1, user=alice, kind=kind, detail={"old": "a@x.org", "new": "b@x.org", "email": "a@x.org"}
    )

    mail = mails.written(event)

    assert mail.subject
    assert "\n" not in mail.subject
    assert len(mail.body) > 60
    assert "{" not in mail.body
    assert "&#" not in mail.body


def test_mail_about_an_erasure_names_the_day(alice, mailoutbox):
    due = datetime(2026, 12, 1, 9, 30, tzinfo=UTC).isoformat()
    mails.send(security_log.record(alice, Kind.ERASURE_ASKED, due=due).pk)
    assert "It is erased on 1 December 2026, 09:30 (UTC)." in mailoutbox[-1].body


def test_name_of_a_person_stands_in_no_mail(alice, rf):
    alice.name = "Visit http://spam.example now"
    event = SecurityEvent(pk=1, user=alice, kind=Kind.VERIFICATION_ASKED, detail={"email": "x"})

    assert "spam" not in mails.written(event).body


def test_without_a_mail_server_mails_are_files(alices_event, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)

    mails.send(alices_event.pk)

    [file] = tmp_path.iterdir()
    assert "Your password was changed" in file.read_text()
    assert not hasattr(django_mail, "outbox") or not django_mail.outbox


def test_installation_whose_links_lead_nowhere_is_warned(settings):
    assert [each.id for each in site_url_is_said(None)] == ["accounts.W001"]

    settings.SITE_URL = "https://coach.example.org"
    assert site_url_is_said(None) == []
