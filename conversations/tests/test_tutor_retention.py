"""What learners said is kept as long as they chose for their recordings."""

from datetime import timedelta

import pytest

from conversations import retention, services
from conversations.models import TalkReview, TutorMessage
from conversations.sound import wav_of

pytestmark = pytest.mark.usefixtures("lost_worker")


@pytest.fixture
def said(talk) -> TutorMessage:
    message = services.take_audio(talk, wav_of(b"\1\0" * 16_000), "s1")
    TutorMessage.objects.filter(pk=message.pk).update(state="answered", text="Hello.")
    return message


def is_kept(message) -> bool:
    return bool(TutorMessage.objects.get(pk=message.pk).audio)


def test_sound_stays_where_nothing_was_chosen(said, talk):
    services.end(talk)
    assert retention.delete_due() == 0
    assert is_kept(said)


def test_sound_goes_with_the_end_of_the_talk_where_so_chosen(alice, said, talk, media_of_its_own):
    alice.keep_audio = alice.KeepAudio.UNTIL_ANALYZED
    alice.save()
    assert retention.delete_due() == 0
    services.end(talk)
    TalkReview.objects.update(due_at=None)  # its turns are measured
    assert retention.delete_due() == 1
    assert not is_kept(said)
    assert not list(media_of_its_own.rglob("*.wav"))
    assert TutorMessage.objects.get(pk=said.pk).text == "Hello."


def test_sound_goes_after_the_days_chosen(alice, said, time_machine):
    alice.keep_audio, alice.keep_audio_days = alice.KeepAudio.DAYS, 7
    alice.save()
    assert retention.delete_due() == 0
    time_machine.move_to(said.created_at + timedelta(days=7, seconds=1))
    assert retention.delete_due() == 1


def test_sound_that_was_not_heard_yet_stays(alice, talk, time_machine):
    alice.keep_audio, alice.keep_audio_days = alice.KeepAudio.DAYS, 7
    alice.save()
    message = services.take_audio(talk, wav_of(b"\1\0" * 16_000), "s1")
    time_machine.move_to(message.created_at + timedelta(days=8))
    assert retention.delete_due() == 0
