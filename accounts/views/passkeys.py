"""Passkeys: signing in with one, giving one as second factor, adding, renaming and removing them.

The browser's script fetches options from `ask` (or `ask_for_new`), lets the device answer, and
posts the answer as a form; what follows are ordinary pages.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView, View

from accounts import second_factor, selectors, services
from accounts.addresses import client_address
from accounts.confirmation import (
    ConfirmationRequiredMixin,
    confirmation_required,
    mark_verified,
    remember,
)
from accounts.factor_forms import NewPasskeyForm, PasskeyForm, PasskeyNameForm
from accounts.forms import waiting
from accounts.models import PasskeyChallenge
from accounts.second_factor import Owed
from accounts.views.entrance import NextPageMixin
from accounts.views.factors import show_codes, tell_removed
from contract.errors import error_body

Purpose = PasskeyChallenge.Purpose

_PAGES = {
    Purpose.SIGN_IN: "accounts:login",
    Purpose.SECOND_FACTOR: "accounts:verify",
    Purpose.CONFIRMATION: "accounts:confirm",
}


def purpose_of(request: HttpRequest) -> str:
    """What a passkey is asked for here: it follows from how far whoever asks has come."""
    if not request.user.is_authenticated:
        return Purpose.SIGN_IN
    owed = second_factor.owed(request.user, given=second_factor.is_verified(request.user))
    return Purpose.SECOND_FACTOR if owed is Owed.CODE else Purpose.CONFIRMATION


@require_POST
@never_cache
def ask(request: HttpRequest) -> JsonResponse:
    """The options for `navigator.credentials.get`."""
    wait_seconds = services.may_ask_passkey(client_address(request))
    if wait_seconds:
        body = error_body("throttled", waiting(wait_seconds), 429)
        return JsonResponse(body, status=429, headers={"Retry-After": str(wait_seconds)})
    user = request.user if request.user.is_authenticated else None
    return JsonResponse(services.ask_passkey(request, purpose_of(request), user))


@method_decorator(never_cache, name="dispatch")
class AnswerView(NextPageMixin, View):
    """What the passkey said: signs in, gives the second factor, or confirms; then goes on."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        """On to `next`, or back to the page that asked, with the reason."""
        purpose = purpose_of(request)
        form = PasskeyForm(request.POST)
        if not form.is_valid():
            return self.back(purpose, _("The passkey did not answer. Try again."))
        credential = form.cleaned_data["credential"]
        try:
            if purpose == Purpose.SIGN_IN:
                user, device = services.sign_in_with_passkey(request, credential)
                login(request, user)
            else:
                device = services.check_passkey(request, purpose, credential, request.user)
        except services.PasskeyRefused as refused:
            return self.back(purpose, refused.message)
        if purpose == Purpose.CONFIRMATION:
            remember(request)
        else:
            mark_verified(request, device)
        return HttpResponseRedirect(self.get_success_url())

    def back(self, purpose: str, reason: str) -> HttpResponse:
        """To the page that asked."""
        messages.error(self.request, reason)
        wanted = self.get_redirect_url()
        query = f"?{urlencode({'next': wanted})}" if wanted else ""
        return HttpResponseRedirect(resolve_url(_PAGES[purpose]) + query)


@require_POST
@never_cache
@login_required
@confirmation_required(back_to="accounts:passkey_new")
def ask_for_new(request: HttpRequest) -> JsonResponse:
    """The options for `navigator.credentials.create`."""
    return JsonResponse(services.ask_for_new_passkey(request, request.user))


@method_decorator(never_cache, name="dispatch")
class NewPasskeyView(LoginRequiredMixin, ConfirmationRequiredMixin, NextPageMixin, FormView):
    """A new passkey and its name."""

    form_class = NewPasskeyForm
    template_name = "accounts/passkey_new.html"

    def get_default_redirect_url(self) -> str:
        """Back to the page that lists them."""
        return resolve_url("accounts:security")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the account waits for its first factor: the page then has no menus."""
        user = self.request.user
        owed = second_factor.owed(user, given=second_factor.is_verified(user))
        return super().get_context_data(asked_to=owed is Owed.SET_UP, **kwargs)

    def form_valid(self, form: NewPasskeyForm) -> HttpResponse:
        """Keep it; the first factor comes with backup codes, shown this once."""
        fields = form.cleaned_data
        try:
            new = services.add_passkey(
                self.request, self.request.user, fields["name"], fields["credential"]
            )
        except services.PasskeyRefused as refused:
            form.add_error(None, refused.message)
            return self.form_invalid(form)
        if not second_factor.is_verified(self.request.user):
            mark_verified(self.request, new.device)
        if new.backup_codes:
            return show_codes(self, new.backup_codes, new=True)
        messages.success(self.request, _("Your passkey is ready."))
        return HttpResponseRedirect(self.get_success_url())


class RenamePasskeyView(LoginRequiredMixin, FormView):
    """Another name for a passkey."""

    form_class = PasskeyNameForm
    template_name = "accounts/passkey_rename.html"

    def get_initial(self) -> dict[str, Any]:
        """The name it has."""
        return {"name": own_passkey(self.request, self.kwargs["pk"]).name}

    def form_valid(self, form: PasskeyNameForm) -> HttpResponse:
        """Keep the name."""
        name = form.cleaned_data["name"]
        if not services.rename_passkey(self.request.user, self.kwargs["pk"], name):
            raise Http404
        return redirect("accounts:security")


class RemovePasskeyView(LoginRequiredMixin, ConfirmationRequiredMixin, TemplateView):
    """Asks whether a passkey shall go, and says what goes with the last one."""

    template_name = "accounts/passkey_remove.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The passkey, and whether it is the last factor."""
        user = self.request.user
        others = selectors.passkeys_of(user).exclude(pk=self.kwargs["pk"]).exists()
        return super().get_context_data(
            passkey=own_passkey(self.request, self.kwargs["pk"]),
            is_last=not others and not selectors.has_authenticator(user),
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove it, and say so where it was the last factor."""
        if not services.remove_passkey(request.user, pk, request):
            raise Http404
        tell_removed(request, _("The passkey is removed."))
        return redirect("accounts:security")


def own_passkey(request: HttpRequest, pk: int) -> Any:
    """The passkey of who asks; 404 for another's."""
    return get_object_or_404(selectors.passkeys_of(request.user), pk=pk)
