"""Storing conversations, and what is written of them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.languages import code_of
from accounts.models import User
from contract.stored_files import delete_on_commit
from conversations import tasks
from conversations.models import (
    DeletedConversation,
    TutorMessage,
    TutorSession,
    VoiceConversation,
)
from conversations.scores import scores_in

_CHANGEABLE = frozenset(
    {
        "topic",
        "transcription",
        "native_language",
        "target_language",
        "conversation_type",
        "duration_minutes",
    }
)
# What the analysis reads.
_READ = frozenset({"transcription", "target_language"})


def create(user: User, values: Mapping[str, Any]) -> VoiceConversation:
    """A new conversation of `user`; without feedback, its analysis is queued."""
    with transaction.atomic():
        return _keep(VoiceConversation(user=user), values)


def change(conversation: VoiceConversation, values: Mapping[str, Any]) -> VoiceConversation:
    """Change what `values` names; another transcript without written feedback is analysed anew."""
    with transaction.atomic():
        return _keep(_locked(conversation), values)


def add_feedback(conversation: VoiceConversation, feedback: Mapping[str, Any]) -> VoiceConversation:
    """Merge `feedback` key by key into what was written before."""
    with transaction.atomic():
        locked = _locked(conversation)
        return _keep(locked, {"ai_feedback": {**locked.written_feedback, **feedback}})


def delete(conversation: VoiceConversation) -> None:
    """Delete it, and keep that it is gone; a talk with the tutor goes with its recordings."""
    with transaction.atomic():
        talk = TutorSession.objects.filter(conversation=conversation)
        messages = TutorMessage.objects.filter(session__in=talk).exclude(audio="")
        names = list(messages.values_list("audio", flat=True))
        talk.delete()
        DeletedConversation.objects.create(
            user_id=conversation.user_id, conversation_id=conversation.pk
        )
        delete_on_commit(TutorMessage.audio.field.storage, names)
        conversation.delete()


def _locked(conversation: VoiceConversation) -> VoiceConversation:
    """The row as it is now: a worker may have written what was found meanwhile."""
    return VoiceConversation.objects.select_for_update().get(pk=conversation.pk)


def _keep(conversation: VoiceConversation, values: Mapping[str, Any]) -> VoiceConversation:
    unknown = set(values) - _CHANGEABLE - {"ai_feedback"}
    if unknown:
        raise ValueError(f"These fields cannot be set: {', '.join(sorted(unknown))}.")
    is_new_to_read = conversation.pk is None or any(
        values[name] != getattr(conversation, name) for name in _READ & set(values)
    )
    for name in _CHANGEABLE & set(values):
        setattr(conversation, name, values[name])
    if "ai_feedback" in values:
        conversation.written_feedback = dict(values["ai_feedback"] or {})
    conversation.target_language_code = code_of(conversation.target_language)
    if is_new_to_read:
        conversation.found_feedback = {}
    is_known = conversation.found_feedback or conversation.written_feedback
    is_due = bool(conversation.transcription.strip()) and not is_known
    conversation.feedback_due_at = timezone.now() if is_due else None
    conversation.feedback_attempts = 0
    for name, score in scores_in(conversation.ai_feedback).items():
        setattr(conversation, name, score)
    conversation.save()
    if is_due:
        transaction.on_commit(lambda: tasks.send(conversation.pk), robust=True)
    return conversation
