"""Asks somebody who is signed in to show once more that it is them."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from accounts import confirmation, second_factor, selectors
from accounts.factor_forms import CodeForm, ConfirmPasswordForm
from accounts.views.answers import refuse_for_now
from accounts.views.entrance import NextPageMixin


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class ConfirmView(LoginRequiredMixin, NextPageMixin, FormView):
    """The password, a code, or a passkey; then back to `next`, for ten minutes."""

    template_name = "accounts/confirm.html"

    @property
    def with_code(self) -> bool:
        """Whether a code is asked for: chosen, or there is no password to ask for."""
        if not self.request.user.has_usable_password():
            return True
        return self.request.GET.get("with") == "code" and self.ways["code"]

    @property
    def ways(self) -> dict[str, bool]:
        """What this person can confirm with."""
        user = self.request.user
        return {
            "password": user.has_usable_password(),
            "code": second_factor.has_factor(user),
            "passkey": selectors.passkeys_of(user).exists(),
        }

    def get_form_class(self) -> type[CodeForm] | type[ConfirmPasswordForm]:
        """Ask for a code or the password."""
        return CodeForm if self.with_code else ConfirmPasswordForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form asks about the person who is signed in."""
        asking = {"user": self.request.user, "request": self.request}
        return {**super().get_form_kwargs(), **asking}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which ways there are, and which one the form takes."""
        return super().get_context_data(ways=self.ways, with_code=self.with_code, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Remember it, and go on."""
        return go_on(self.request, self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say what is wrong, with 429 where it was tried too often."""
        return refuse_for_now(super().form_invalid(form), form.wait_seconds)


def go_on(request: HttpRequest, address: str) -> HttpResponse:
    """Confirmed: on to `address`."""
    confirmation.remember(request)
    return HttpResponseRedirect(address)
