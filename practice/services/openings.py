"""Staff who open what somebody practised: its owner sees it in their audit log."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import SecurityEvent, User
from accounts.security_log import Kind, record
from practice.models import PracticeSession

# One line an hour for each member of staff and session.
TOLD_EVERY = timedelta(hours=1)


def note_opened(session: PracticeSession, by: User) -> None:
    """Write down that `by` opens the notes of `session`, unless it is theirs."""
    if session.user_id == by.pk:
        return
    told = SecurityEvent.objects.filter(
        user=session.user_id,
        kind=Kind.OPENED_BY_STAFF,
        actor=by,
        at__gt=timezone.now() - TOLD_EVERY,
        detail__practice=session.pk,
    )
    if not told.exists():
        name = str(session.sequence or session.get_kind_display())
        record(session.user, Kind.OPENED_BY_STAFF, actor=by, practice=session.pk, name=name)
