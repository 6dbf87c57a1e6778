"""Talking freely with a realtime model: the page, which may connect to that one service."""

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from conversations import live_page, realtime, summing_up, tutor_selectors
from conversations.models import TutorSession
from speech_sessions.views.signed_in import SignedInRequest


@require_safe
@login_required
def direct(request: SignedInRequest, pk: int) -> HttpResponse:
    """A talk that goes on with a realtime model; elsewhere where there is none, or it is over."""
    session = get_object_or_404(tutor_selectors.sessions_of(request.user), pk=pk)
    origin = realtime.origin()
    if not origin or session.state == TutorSession.State.ENDED:
        return redirect("conversations:talk", session.pk)
    turns = list(tutor_selectors.messages_of(session))
    checks = summing_up.checks(session)
    context = {
        **live_page.told_of(session, checks, turns),
        "facts": live_page.facts_of(session, checks, turns),
        "realtime": realtime.service_name(),
    }
    page = csp_update({"connect-src": origin})(
        lambda asked: render(asked, "conversations/live/direct.html", context)
    )
    return page(request)
