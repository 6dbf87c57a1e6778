"""How a sentence was said is kept as long as its speaker chose for recordings."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from pronunciation import retention
from pronunciation.models import Attempt
from pronunciation.tests.results import JUDGED


@pytest.fixture
def said(alice) -> Attempt:
    return Attempt.objects.create(
        user=alice,
        text="Good morning.",
        language="en",
        state=Attempt.State.DONE,
        overall=62,
        result=JUDGED,
        audio=ContentFile(b"RIFF", "said.wav"),
        audio_type="audio/wav",
    )


def test_recording_stays_where_nothing_was_chosen(said):
    assert retention.delete_due() == 0


def test_recording_goes_once_it_is_judged_where_so_chosen(
    alice, alices_phone, alices_browser, said, media_of_its_own
):
    alice.keep_audio = alice.KeepAudio.UNTIL_ANALYZED
    alice.save()
    Attempt.objects.update(state=Attempt.State.WAITING)
    assert retention.delete_due() == 0
    Attempt.objects.update(state=Attempt.State.DONE)
    assert retention.delete_due() == 1
    assert not list(media_of_its_own.rglob("*.wav"))
    address = reverse("pronunciation-attempt-detail", args=(said.pk,))
    told = alices_phone.get(address).json()
    assert (told["overall"], told["audio_url"]) == (62, None)
    assert alices_phone.get(f"{address}audio/").status_code == 404
    page = alices_browser.get(reverse("pronunciation:attempt", args=(said.pk,)))
    assert "The recording was deleted, as you chose." in page.content.decode()


def test_recording_goes_after_the_days_chosen(alice, said, time_machine):
    alice.keep_audio, alice.keep_audio_days = alice.KeepAudio.DAYS, 7
    alice.save()
    time_machine.move_to(said.created_at + timedelta(days=6, hours=23))
    assert retention.delete_due() == 0
    time_machine.move_to(said.created_at + timedelta(days=7, minutes=1))
    assert retention.delete_due() == 1
