"""What is shared of practice: by whom, with whom, and what a viewer is shown of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from practice.models import PracticeSession, PracticeShare, Sequence, SequenceShare
from sharing.selectors import open_shares, readable_shares, with_openings
from speech_sessions.models import SpeechSession

Part = PracticeShare.Part


@dataclass(frozen=True, slots=True)
class Shown:
    """What a share shows beside title, kind, day, length and outcome: only what was chosen."""

    notes: str
    measured: SpeechSession | None
    heard: SpeechSession | None
    transcript: str


def own_sequences(user: User) -> QuerySet[Sequence]:
    """The sequences of `user`, the one changed last first; talks have pages of their own."""
    own = Sequence.objects.filter(owner=user, talk=None).prefetch_related("steps")
    return own.order_by("-updated_at", "-pk")


def shares_of(subject: PracticeSession | Sequence) -> QuerySet[Any]:
    """The open shares of one thing, with who opened them. Two queries."""
    return with_openings(open_shares(subject.shares.all()))


def given_by(user: User) -> tuple[QuerySet[PracticeShare], QuerySet[SequenceShare]]:
    """Everything that `user` shares now."""
    sessions = PracticeShare.objects.filter(subject__user=user)
    sequences = SequenceShare.objects.filter(subject__owner=user)
    return (
        with_openings(open_shares(sessions)).select_related(
            "recipient", "subject__sequence", "subject__question"
        ),
        with_openings(open_shares(sequences)).select_related("recipient", "subject"),
    )


def received_by(user: User) -> QuerySet[PracticeShare]:
    """What others share with `user` by name, the newest first."""
    shares = readable_shares(PracticeShare).filter(recipient=user)
    return shares.select_related("subject__user", "subject__sequence", "subject__question")


def shown_in(share: PracticeShare) -> Shown:
    """What the share shows of its session; up to two queries."""
    session = share.subject
    wants = set(share.include)
    recording = session.recording if wants - {Part.NOTES} else None
    heard = recording if Part.RECORDING in wants and recording and recording.audio_file else None
    return Shown(
        notes=session.notes if Part.NOTES in wants else "",
        measured=recording if Part.NUMBERS in wants else None,
        heard=heard,
        transcript=recording.transcription if recording and Part.TRANSCRIPT in wants else "",
    )
