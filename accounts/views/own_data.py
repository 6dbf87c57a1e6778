"""One's own data: how long recordings are kept, a copy of everything, and the end of it all."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import FormView, UpdateView

from accounts import second_factor
from accounts.confirmation import ask, confirmation_required, is_recent
from accounts.export_file import serve_export
from accounts.models import User
from accounts.own_data_forms import EraseForm, KeepAudioForm, has_code
from accounts.services import erasure, exports
from accounts.views.answers import refuse_for_now


@method_decorator(never_cache, name="dispatch")
class OwnDataView(LoginRequiredMixin, UpdateView):
    """What is kept and how long, the copy, the way to erase it."""

    form_class = KeepAudioForm
    template_name = "accounts/own_data.html"
    success_url = reverse_lazy("accounts:data")

    def get_object(self, queryset: Any = None) -> User:
        """Oneself, freshly read."""
        return User.objects.get(pk=self.request.user.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How far the copy is."""
        return super().get_context_data(**copy_of(self.request), **kwargs)

    def form_valid(self, form: KeepAudioForm) -> HttpResponse:
        """Say that it is kept."""
        messages.success(self.request, _("Saved. It holds for the recordings you have, too."))
        return super().form_valid(form)


def copy_of(request: HttpRequest) -> dict[str, Any]:
    """What the part of the page about the copy shows."""
    export = exports.newest_export(cast("User", request.user))
    link = exports.link_of(export) if export and export.file else ""
    return {"export": export, "link": link}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """How far the copy is, as a part of the page; a POST orders one, after a confirmation."""
    if request.method == "POST":
        return cast("HttpResponse", _order(request))
    if "HX-Request" not in request.headers:
        return redirect("accounts:data")
    return render(request, "accounts/partials/export.html", copy_of(request))


@confirmation_required(back_to="accounts:data")
def _order(request: HttpRequest) -> HttpResponse:
    try:
        exports.request_export(cast("User", request.user), request)
    except exports.ExportUnderWay as under_way:
        messages.info(request, str(under_way))
    return redirect("accounts:data")


@require_safe
@login_required
def download(request: HttpRequest, link: str) -> HttpResponseBase:
    """The copy itself, by a link that its owner got a few minutes ago."""
    found = exports.export_of_link(cast("User", request.user), link)
    if found is None:
        messages.info(request, _("That link is too old. Here is a new one, if the copy is there."))
        return redirect("accounts:data")
    return serve_export(request, found)


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class EraseView(LoginRequiredMixin, FormView):
    """Orders the erasure of the account, for password and code; everything signs out."""

    form_class = EraseForm
    template_name = "accounts/erase.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Who has a passkey and no code, or no password, confirms on the page for it."""
        user = request.user
        if user.is_authenticated and not is_recent(request):
            asks_all = has_code(user) or not second_factor.has_factor(user)
            if not (user.has_usable_password() and asks_all):
                return ask(request)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form asks for what the person has."""
        return {**super().get_form_kwargs(), "user": self.request.user, "request": self.request}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How long it can be taken back."""
        return super().get_context_data(days=settings.ERASURE_GRACE_DAYS, **kwargs)

    def form_valid(self, form: EraseForm) -> HttpResponse:
        """Order it, and say until when it can be taken back."""
        order = erasure.ask_erasure(form.user, self.request)
        logout(self.request)
        return render(self.request, "accounts/erasure_ordered.html", {"order": order})

    def form_invalid(self, form: EraseForm) -> HttpResponse:
        """Say what is wrong, with 429 where it was tried too often."""
        return refuse_for_now(super().form_invalid(form), form.wait_seconds)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def pending_erasure(request: HttpRequest) -> HttpResponse:
    """When the account will be erased, and the button that keeps it."""
    user = cast("User", request.user)
    order = erasure.erasure_of(user)
    if order is None:
        return redirect("accounts:data")
    if request.method == "POST":
        if erasure.cancel_erasure(user, request):
            messages.success(request, _("Your account stays. Sign in on your devices again."))
            return redirect("accounts:data")
        messages.error(request, _("It is too late: the erasure has begun."))
    return render(request, "accounts/erasure_pending.html", {"order": order})
