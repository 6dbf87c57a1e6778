"""Reading talks with the tutor."""

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from conversations.models import CustomScenario, TutorMessage, TutorSession


def sessions_of(user: User) -> QuerySet[TutorSession]:
    """Those of `user`, the newest first, each with its opening as `opened_with`."""
    openings = TutorMessage.objects.filter(position=0)
    return (
        TutorSession.objects.filter(user=user)
        .select_related("custom_scenario", "review")
        .prefetch_related(Prefetch("messages", openings, to_attr="opened_with"))
    )


def session_of(user: User, session_id: int) -> TutorSession:
    """One of `user`'s. Raises TutorSession.DoesNotExist."""
    return sessions_of(user).get(pk=session_id)


def messages_of(session: TutorSession, after_seq: int = -1) -> QuerySet[TutorMessage]:
    """Both sides in order; those that changed after `after_seq`."""
    return TutorMessage.objects.filter(session=session, seq__gt=after_seq).order_by("position")


def turns_before(message: TutorMessage) -> list[TutorMessage]:
    """What was said before `message`, oldest first. One query."""
    before = TutorMessage.objects.filter(
        session=message.session_id, position__lt=message.position
    ).exclude(text="")
    return list(before.order_by("position"))


def reply_to(message: TutorMessage) -> TutorMessage | None:
    """The answer to a learner's turn, once there is one."""
    return TutorMessage.objects.filter(
        session=message.session_id, position=message.position + 1
    ).first()


def custom_scenarios_of(user: User) -> QuerySet[CustomScenario]:
    """The situations that `user` made, changed last first."""
    return CustomScenario.objects.filter(user=user)
