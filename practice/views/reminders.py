"""Reminders: set them, follow them in a calendar, end their mails with one click."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.links import address
from accounts.models import User
from practice import plan_selectors, services
from practice.goal import goal_of
from practice.models import Reminder
from practice.plan_forms import ReminderForm
from practice.reminder_calendar import calendar_file
from practice.reminders import user_of_link, zone_of
from speech_sessions.views.signed_in import SignedInRequest

_NEW = {"at": "18:00", "weekdays": [1, 2, 3, 4, 5], "by_mail": True}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def reminders(request: SignedInRequest) -> HttpResponse:
    """All of one's reminders, and a new one."""
    form = ReminderForm(request.POST or None, initial=_NEW)
    if request.method == "POST" and form.is_valid() and _stored(Reminder(user=request.user), form):
        messages.success(request, _("The reminder is set."))
        return redirect("practice:reminders")
    calendar = address("practice:calendar", services.plan_of(request.user).calendar_key)
    context = {
        "form": form,
        "reminders": plan_selectors.reminders_of(request.user),
        "zone": zone_of(request.user),
        "goal": goal_of(request.user),
        "calendar": calendar,
        "calendar_app": calendar.replace("https://", "webcal://").replace("http://", "webcal://"),
    }
    return render(
        request, "practice/reminders/list.html", context, status=400 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change one."""
    reminder = get_object_or_404(plan_selectors.reminders_of(request.user), pk=pk)
    stored = {"at": reminder.at, "weekdays": list(reminder.days), "by_mail": reminder.by_mail}
    form = ReminderForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid() and _stored(reminder, form):
        messages.success(request, _("The reminder is changed."))
        return redirect("practice:reminders")
    context = {"form": form, "reminder": reminder}
    return render(
        request, "practice/reminders/form.html", context, status=400 if form.errors else 200
    )


@require_POST
@login_required
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget one."""
    services.delete_reminder(get_object_or_404(plan_selectors.reminders_of(request.user), pk=pk))
    messages.success(request, _("The reminder is deleted."))
    return redirect("practice:reminders")


@require_POST
@login_required
def renew_calendar(request: SignedInRequest) -> HttpResponse:
    """Another address for the calendar; the old one ends."""
    services.renew_calendar(request.user)
    messages.success(
        request, _("The calendar has a new address. Subscribe to it again; the old one is empty.")
    )
    return redirect("practice:reminders")


@require_safe
@login_required
@never_cache
def download(request: SignedInRequest) -> HttpResponse:
    """The calendar as a file."""
    answer = _calendar(request.user)
    answer["Content-Disposition"] = 'attachment; filename="practice.ics"'
    return answer


@require_safe
@never_cache
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar for programs that follow it: whoever knows the address reads it."""
    user = plan_selectors.user_of_calendar(key)
    if user is None:
        raise Http404
    with translation.override(user.interface_language or None):
        return _calendar(user)


@csrf_exempt  # the link itself says who wants it, and programs of mail send no cookie
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def no_more(request: HttpRequest, token: str) -> HttpResponse:
    """End the mails: at once by POST, as mail programs do; a page with one button otherwise.

    Scanners of mail open every link, so opening it changes nothing.
    """
    user = user_of_link(token)
    if user is None:
        raise Http404
    is_done = request.method == "POST"
    if is_done:
        services.stop_reminder_mails(user)
    return render(request, "practice/reminders/no_more.html", {"is_done": is_done})


def _stored(reminder: Reminder, form: ReminderForm) -> bool:
    data: dict[str, Any] = form.cleaned_data
    try:
        services.save_reminder(reminder, **data)
    except services.TooManyReminders:
        form.add_error(None, _("Ten reminders are the most. Delete one first."))
        return False
    return True


def _calendar(user: User) -> HttpResponse:
    content = calendar_file(user, plan_selectors.reminders_of(user), goal_of(user).day_minutes)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
