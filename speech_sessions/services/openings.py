"""Staff who open what somebody said: its owner sees it in their audit log."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import SecurityEvent, User
from accounts.security_log import Kind, record
from speech_sessions.models import SpeechSession

# Listening takes many requests: one line an hour for each member of staff and session.
TOLD_EVERY = timedelta(hours=1)


def note_opened(session: SpeechSession, by: User) -> None:
    """Write down that `by` opens the recording or the transcript of `session`, unless it is theirs.

    The address that staff came from stays out of the log of the learner.
    """
    if session.user_id == by.pk:
        return
    since = timezone.now() - TOLD_EVERY
    told = SecurityEvent.objects.filter(
        user=session.user_id,
        kind=Kind.OPENED_BY_STAFF,
        actor=by,
        at__gt=since,
        detail__session=session.pk,
    )
    if not told.exists():
        record(
            session.user,
            Kind.OPENED_BY_STAFF,
            actor=by,
            session=session.pk,
            name=str(session),
        )
