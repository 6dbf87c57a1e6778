"""Situations of one's own: make, change, delete."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from conversations import tutor_selectors
from conversations.live_forms import OwnScenarioForm
from conversations.models import CustomScenario
from conversations.services import scenarios
from speech_sessions.views.signed_in import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """A situation that the catalogue does not have."""
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change one, or ask whether to delete it, and delete it."""
    own = get_object_or_404(tutor_selectors.custom_scenarios_of(request.user), pk=pk)
    if request.method == "POST" and "delete" in request.POST:
        scenarios.delete_scenario(own)
        messages.success(request, _("The situation is deleted. Talks about it are kept."))
        return redirect("conversations:choose")
    if "delete" in request.GET:
        return render(request, "conversations/live/own_delete.html", {"own": own})
    return _edit(request, own)


def _edit(request: SignedInRequest, own: CustomScenario | None) -> HttpResponse:
    form = OwnScenarioForm(request.POST or None, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            scenarios.save_scenario(request.user, own, form.cleaned_data)
        except scenarios.TooMany:
            form.add_error(None, _("You have a hundred situations of your own. Delete one first."))
        else:
            messages.success(request, _("The situation is kept."))
            return redirect("conversations:choose")
    return render(request, "conversations/live/own.html", {"form": form, "own": own})
