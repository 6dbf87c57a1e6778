"""The goal of the week."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from practice import services
from practice.goal import goal_of
from practice.plan_forms import GoalForm
from speech_sessions.views.signed_in import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def goal(request: SignedInRequest) -> HttpResponse:
    """Read and change it."""
    found = goal_of(request.user)
    plan = services.plan_of(request.user)
    form = GoalForm(
        request.POST or None,
        initial={"weekly_minutes": found.weekly_minutes, "week_begins": plan.week_begins},
    )
    if request.method == "POST" and form.is_valid():
        services.save_goal(request.user, **form.cleaned_data)
        messages.success(request, _("Your goal is stored."))
        return redirect("practice:home")
    status = 400 if form.errors else 200
    return render(request, "practice/goal.html", {"form": form, "goal": found}, status=status)
