"""Every change of a session takes its person's next number, and is told once it is committed."""

from django.db import transaction

from practice import events
from practice.models import PracticeFeed, PracticeSession


def announce(session: PracticeSession, kind: events.Kind) -> None:
    """Number the change of `session` and tell it to its person's devices.

    Last in the transaction that makes the change: until it is committed, other changes of the same
    person wait here, so that numbers are told in the order in which they count.
    """
    feed, _is_new = PracticeFeed.objects.select_for_update().get_or_create(user_id=session.user_id)
    feed.seq += 1
    feed.save(update_fields=["seq"])
    session.seq = feed.seq
    session_id, user_id, seq = session.pk, session.user_id, feed.seq
    PracticeSession.objects.filter(pk=session_id).update(seq=seq)
    transaction.on_commit(lambda: events.publish(user_id, session_id, seq, kind), robust=True)
