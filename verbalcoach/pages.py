"""The pages that belong to no single app: home for visitors, today, and privacy."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone


def home(request: HttpRequest) -> HttpResponse:
    """What the product does, for visitors; who is signed in goes on to their day."""
    if request.user.is_authenticated:
        return redirect("today")
    return render(request, "pages/home.html")


@login_required
def today(request: HttpRequest) -> HttpResponse:
    """One thing to do, the week, and how the last recordings went."""
    return render(request, "pages/today.html", {"today": timezone.localdate()})


def privacy(request: HttpRequest) -> HttpResponse:
    """Where recordings go: told from this installation's own settings."""
    providers = settings.ANALYSIS_STT_PROVIDERS
    return render(
        request,
        "pages/privacy.html",
        {"analysis_leaves_machine": providers[0] != "local", "provider": providers[0]},
    )
