"""One session: the clock while it is open, then how it went."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from practice import question_bank, selectors
from practice.clock import clock_of
from practice.goal import week_of
from practice.how_it_went import how_it_went
from practice.models import PracticeSession
from practice.note_forms import NotesForm
from practice.praise import next_step, praise
from practice.question_forms import WishForm
from practice.shadowing_pages import shadowed
from practice.steps import answer_parts, may_ask_another, prompts_of
from practice.talk_pages import prompter_of, script_said, sections_taken, talk_of
from speech_sessions.presentation.place import where_recordings_go
from speech_sessions.views.signed_in import SignedInRequest


@require_safe
@login_required
@never_cache
def session(request: SignedInRequest, pk: int) -> HttpResponse:
    """The clock while the session is open, then how it went."""
    found = get_object_or_404(selectors.own_sessions(request.user), pk=pk)
    if found.completed_at is None:
        return render(request, "practice/session.html", _clock(request, found))
    return render(request, "practice/result.html", _result(request, found))


def _clock(request: SignedInRequest, found: PracticeSession) -> dict[str, Any]:
    wish = WishForm(request.GET)
    talk = talk_of(found)
    return {
        "session": found,
        "clock": clock_of(found),
        "asking": question_bank.choices(found.kind) if may_ask_another(found) else None,
        "wish": wish.wish() if wish.is_valid() else None,
        "parts": answer_parts(found),
        "where": where_recordings_go(request),
        "talk": talk,
        "prompter": prompter_of(talk) if talk else None,
    }


def _result(request: SignedInRequest, found: PracticeSession) -> dict[str, Any]:
    result = how_it_went(found)
    streak = selectors.streak_of(request.user)
    completed = selectors.statistics(request.user).total_sessions
    prompts = prompts_of(found)
    return {
        "session": found,
        "result": result,
        "prompts": prompts,
        "follow_ups": [
            text
            for text in (found.question.follow_ups if found.question else ())
            if text not in prompts
        ],
        "parts": answer_parts(found),
        "praise": praise(found, result, streak, completed),
        "next_step": next_step(found, result),
        "notes": NotesForm(instance=found),
        "minutes": (found.planned_seconds or 0) // 60,
        "status_url": reverse("speech_sessions:status", args=(found.recording_id,))
        if found.recording_id
        else "",
        "sections": sections_taken(found),
        "script_said": script_said(found, result.document),
        "shadowed": shadowed(found, result.document),
        "usual_seconds": selectors.usual_seconds(found),
        "week": week_of(request.user),
        "streak": streak,
    }
