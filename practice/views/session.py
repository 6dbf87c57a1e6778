"""One session: the clock while it is open, then how it went."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from practice import selectors
from practice.clock import clock_of
from practice.models import PracticeSession
from practice.talk_pages import prompter_of, script_said, sections_taken, talk_of
from speech_sessions.presentation.focus import focus_of
from speech_sessions.selectors import report_document
from speech_sessions.views.signed_in import SignedInRequest


@require_safe
@login_required
@never_cache
def session(request: SignedInRequest, pk: int) -> HttpResponse:
    """The clock while the session is open, then how it went."""
    found = get_object_or_404(selectors.own_sessions(request.user), pk=pk)
    if found.completed_at is None:
        context = {"session": found, "clock": clock_of(found), **_talk(found)}
        return render(request, "practice/session.html", context)
    return _result(request, found)


def _result(request: SignedInRequest, found: PracticeSession) -> HttpResponse:
    recording = found.recording
    document = report_document(recording) if recording else None
    context = {
        "session": found,
        "recording": recording,
        "focus": focus_of(recording, document["feedback"] or {})
        if recording and document
        else None,
        "usual_seconds": selectors.usual_seconds(found),
        "week_seconds": selectors.seconds_this_week(request.user),
        "streak": selectors.streak_of(request.user),
        "sections": sections_taken(found),
        "script_said": script_said(found, document),
    }
    return render(request, "practice/result.html", context)


def _talk(found: PracticeSession) -> dict[str, Any]:
    talk = talk_of(found)
    return {"talk": talk, "prompter": prompter_of(talk) if talk else None}
