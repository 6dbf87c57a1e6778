"""How one's speaking went over time."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def session_analytics(request: HttpRequest) -> HttpResponse:
    """Counts, speaking time, fillers and pace over time."""
    return render(request, "speech_sessions/session_analytics.html")
