"""How one's speaking went over time."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from speech_sessions.forms import AnalyticsForm
from speech_sessions.presentation.analytics_page import analytics_page
from speech_sessions.views.signed_in import SignedInRequest


@login_required
@require_safe
def session_analytics(request: SignedInRequest) -> HttpResponse:
    """Counts, speaking time, fillers and pace over time, for one kind of speech or all."""
    form = AnalyticsForm(request.GET)
    context = {"form": form, "page": analytics_page(request.user, form.question())}
    return render(request, "speech_sessions/session_analytics.html", context)
