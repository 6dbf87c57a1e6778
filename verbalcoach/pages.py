"""The pages that belong to no single app: home for visitors, today, and privacy."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from conversations import realtime
from conversations.feedback import models_that_judge
from speech import names
from speech.services import who_hears, who_speaks
from speech_sessions.presentation.place import (
    outside_models,
    outside_provider,
    outside_wording,
)
from speech_sessions.views.signed_in import SignedInRequest
from verbalcoach import demo, language_services
from verbalcoach.today import today_page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the product does, for visitors; who is signed in goes on to their day."""
    if request.user.is_authenticated:
        return redirect("today")
    return render(request, "pages/home.html", {"demo_email": demo.address()})


@login_required
@require_safe
def today(request: SignedInRequest) -> HttpResponse:
    """One thing to do, the week, and how the last recordings went."""
    return render(request, "pages/today.html", today_page(request.user))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Where recordings go: told from this installation's own settings."""
    provider = outside_provider()
    context = {
        "analysis_leaves_machine": bool(provider),
        "provider": provider,
        "wording": outside_wording(),
        "judging": outside_models(models_that_judge()),
        "language_services": language_services.outside(),
        "hears": names.outside(who_hears()),
        "speaks": names.outside(who_speaks()),
        "realtime": realtime.service_name(),
        "export_days": settings.EXPORT_KEPT_DAYS,
        "grace_days": settings.ERASURE_GRACE_DAYS,
    }
    return render(request, "pages/privacy.html", context)
