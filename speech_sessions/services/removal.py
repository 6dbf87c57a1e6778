"""Deleting sessions with everything that belongs to them, files included."""

from django.db import transaction
from django.db.models import QuerySet

from contract.stored_files import delete_on_commit
from speech_sessions.models import DeletedSession, SpeechSession
from speech_sessions.pipeline import working_files


def delete_session(session: SpeechSession) -> None:
    """Delete one session with its reports and, once that is committed, its recording."""
    delete_sessions(SpeechSession.objects.filter(pk=session.pk))


def delete_sessions(sessions: QuerySet[SpeechSession]) -> int:
    """Delete sessions; offline clients learn it from what is left. The number of sessions."""
    with transaction.atomic():
        locked = sessions.order_by().select_for_update(of=("self",))
        rows = list(locked.values_list("pk", "user_id", "audio_file", "current_run_id"))
        DeletedSession.objects.bulk_create(
            DeletedSession(user_id=user_id, session_id=pk) for pk, user_id, *_ in rows
        )
        SpeechSession.objects.filter(pk__in=[pk for pk, *_ in rows]).delete()
        storage = SpeechSession.audio_file.field.storage
        delete_on_commit(storage, (name for _pk, _user_id, name, _run_id in rows))
        # What was decoded of them on this machine, where an analysis was under way.
        decoded = [working_files.path_for(run_id, name) for *_, name, run_id in rows if run_id]
        transaction.on_commit(lambda: working_files.delete(decoded), robust=True)
    return len(rows)
