"""Practice without a server: the page that a device keeps for when it has no connection."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practice.models import PracticeSession
from speech_sessions.views.signed_in import SignedInRequest


@require_safe
@login_required
def offline(request: SignedInRequest) -> HttpResponse:
    """Choosing and the clock, with nothing of the server in it: exercises come from the device."""
    nothing_yet = PracticeSession(user=request.user)
    context = {"session": nothing_yet, "without_server": True}
    return render(request, "practice/offline.html", context)
