"""Another question for a session, while nobody has spoken yet."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from practice.models import PracticePause, PracticeSession
from practice.question_bank import Wish
from practice.selectors import NotTheirs
from practice.services.announcing import announce
from practice.services.drawing import questions_for
from practice.steps import may_ask_another


class TooLate(Exception):
    """Somebody is speaking already, or the session has ended."""


class NoSuchQuestion(Exception):
    """No question fits the wish."""


def ask_another(user: User, session_id: int, wish: Wish) -> PracticeSession:
    """Another question, and the time to think begins anew: what passed until now is a break.

    Raises PracticeSession.DoesNotExist, NotTheirs, TooLate, NoSuchQuestion.
    """
    with transaction.atomic():
        session = PracticeSession.objects.select_for_update().get(pk=session_id)
        if session.user_id != user.pk:
            raise NotTheirs
        if not may_ask_another(session):
            raise TooLate
        question, further = questions_for(session.kind, session.sequence, wish)
        if question is None:
            raise NoSuchQuestion
        session.question, session.further_prompts = question, further
        session.paused_at = None
        session.save(update_fields=["question", "further_prompts", "paused_at", "updated_at"])
        session.steps.all().delete()
        session.pauses.all().delete()
        PracticePause.objects.create(
            session=session, started_at=session.started_at, ended_at=timezone.now()
        )
        announce(session, "resumed")
    return session
