"""What happened to the account, which browsers and devices are signed in, and ending them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import ListView

from accounts import selectors, services
from accounts.models import SecurityEvent
from contract.ids import whole_number


@method_decorator(never_cache, name="dispatch")
class ActivityView(LoginRequiredMixin, ListView):
    """The audit log of the person who is signed in, the newest first; `kind` filters."""

    template_name = "accounts/activity.html"
    context_object_name = "events"
    paginate_by = 30

    def get_queryset(self) -> QuerySet[SecurityEvent]:
        """Their events, of one kind where one is chosen."""
        return selectors.events_of(self.request.user, self.request.GET.get("kind", ""))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The kinds to choose from: those that happened."""
        return super().get_context_data(
            kinds=selectors.event_kinds_of(self.request.user),
            kind=self.request.GET.get("kind", ""),
            **kwargs,
        )


@require_safe
@login_required
@never_cache
def devices(request: HttpRequest) -> HttpResponse:
    """Who is signed in: browsers, apps, tokens."""
    return render(
        request,
        "accounts/devices.html",
        {
            "browsers": selectors.browsers_of(request.user),
            "here": request.session.session_key,
            "tokens": selectors.tokens_of(request.user),
            "families": selectors.families_of(request.user),
        },
    )


@require_POST
@login_required
def end_browser(request: HttpRequest) -> HttpResponse:
    """Sign the browser out that the form names by its number (`browser`)."""
    number = whole_number(request.POST.get("browser", ""))
    if number is None or not services.end_browser(request.user, number, request):
        raise Http404
    messages.success(request, _("That browser is signed out."))
    return redirect("accounts:devices")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Says what ends, and ends it: every browser, app and token, this browser too."""
    if request.method == "POST":
        services.sign_out_everywhere(request.user, request)
        logout(request)
        messages.success(request, _("Everybody is signed out everywhere. Sign in again here."))
        return redirect("accounts:login")
    was_not_me = request.GET.get("because") == "not-me"
    return render(request, "accounts/sign_out_everywhere.html", {"was_not_me": was_not_me})
