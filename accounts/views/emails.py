"""Addresses: confirm one, change it, change it back. Links act on POST, so scanners use none up."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from accounts import services
from accounts.confirmation import ConfirmationRequiredMixin
from accounts.email_forms import ChangeEmailForm
from accounts.forms import waiting
from accounts.services import LinkUse
from accounts.views.answers import refuse_for_now


@method_decorator(never_cache, name="dispatch")
class VerifyView(LoginRequiredMixin, TemplateView):
    """What an unconfirmed address keeps one from, and a button that sends the link again."""

    template_name = "accounts/email_verify.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the link again."""
        wait_seconds = services.ask_verification(request.user, request)
        if wait_seconds:
            messages.warning(request, waiting(wait_seconds))
            return refuse_for_now(self.get(request), wait_seconds)
        messages.success(
            request, _("A link is on its way to %(email)s.") % {"email": request.user.email}
        )
        return redirect("accounts:email_verify_ask")


@method_decorator(never_cache, name="dispatch")
class ChangeView(LoginRequiredMixin, ConfirmationRequiredMixin, FormView):
    """Asks for the new address; the account moves when the link sent there is used."""

    form_class = ChangeEmailForm
    template_name = "accounts/email_change.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form knows the present address."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: ChangeEmailForm) -> HttpResponse:
        """Say where the link went, whether or not the address has an account."""
        email = form.cleaned_data["email"]
        wait_seconds = services.ask_change(self.request.user, email, self.request)
        if wait_seconds:
            form.add_error(None, waiting(wait_seconds))
            return refuse_for_now(self.form_invalid(form), wait_seconds)
        messages.success(
            self.request,
            _("A link is on its way to %(email)s. Your address changes when you use it.")
            % {"email": email},
        )
        return redirect("accounts:security")


@method_decorator(never_cache, name="dispatch")
class LinkView(TemplateView):
    """The page behind a link in a mail: a button that uses it, or why it does not work."""

    template_name = "accounts/email_link.html"
    action: ClassVar[str]
    use: ClassVar[Callable[[str, HttpRequest], LinkUse]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which of the three pages it is."""
        return super().get_context_data(action=self.action, **kwargs)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Use the link."""
        result = type(self).use(token, request)
        if result.user is None:
            return self.render_to_response(self.get_context_data(refused=result), status=410)
        return self.done(result)

    def done(self, result: LinkUse) -> HttpResponse:
        """Say what was done, on the page that fits."""
        signed_in = self.request.user.is_authenticated
        messages.success(self.request, self.success())
        return redirect("accounts:security" if signed_in else "accounts:login")

    def success(self) -> str:
        """What was done, in a sentence."""
        raise AssertionError("every link says what it did")


class ConfirmView(LinkView):
    """Confirms the address."""

    action = "verify"
    use = staticmethod(services.verify)

    def success(self) -> str:
        """The address is confirmed."""
        return _("Your e-mail address is confirmed.")


class ChangeConfirmView(LinkView):
    """Moves the account to the new address."""

    action = "change"
    use = staticmethod(services.confirm_change)

    def success(self) -> str:
        """The account has the new address."""
        return _("Your e-mail address is changed. Sign in with the new one from now on.")


class UndoView(LinkView):
    """Gives the account back to the old address."""

    action = "undo"
    use = staticmethod(services.undo_change)

    def done(self, result: LinkUse) -> HttpResponse:
        """Everything has ended: the next step is in the mail."""
        messages.success(
            self.request,
            _(
                "Your old address is back, and everybody is signed out."
                " A link to choose a new password is on its way to it."
            ),
        )
        return redirect("accounts:password_reset_done")
