"""What one can practise."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practice import selectors
from speech_sessions.views.signed_in import SignedInRequest


@require_safe
@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """What one can practise, and how the week looks."""
    sequences = list(selectors.sequences_for(request.user))
    context = {
        "own": [sequence for sequence in sequences if sequence.owner_id],
        "provided": [sequence for sequence in sequences if not sequence.owner_id],
        "open_session": selectors.current_session(request.user),
        "week_seconds": selectors.seconds_this_week(request.user),
        "streak": selectors.streak_of(request.user),
    }
    return render(request, "practice/home.html", context)
