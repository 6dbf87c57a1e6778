"""The second factor: give it, set it up, renew its backup codes, take it away."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView
from django.views.generic.base import TemplateResponseMixin

from accounts import second_factor, selectors, services
from accounts.confirmation import ConfirmationRequiredMixin, is_recent, mark_verified
from accounts.factor_forms import CodeForm, RemoveForm, SetUpForm
from accounts.models import BackupCodeDevice
from accounts.views.answers import refuse_for_now
from accounts.views.entrance import NextPageMixin


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class CodeView(LoginRequiredMixin, NextPageMixin, FormView):
    """A page that asks the signed-in person for a code."""

    form_class: type[CodeForm] = CodeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form asks the person's own devices."""
        return {**super().get_form_kwargs(), "user": self.request.user, "request": self.request}

    def form_invalid(self, form: CodeForm) -> HttpResponse:
        """Say what is wrong, with 429 where it was tried too often."""
        return refuse_for_now(super().form_invalid(form), form.wait_seconds)


class VerifyView(CodeView):
    """Asks for a code after the password, where the account has a second factor."""

    template_name = "accounts/verify.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only for who owes a code."""
        user = request.user
        owes_code = not second_factor.is_verified(user) and second_factor.has_factor(user)
        if user.is_authenticated and not owes_code:
            return HttpResponseRedirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    @property
    def with_backup_code(self) -> bool:
        """Whether the page asks for a backup code; either kind is taken."""
        asked_for = self.request.GET.get("with") == "backup"
        return asked_for or not selectors.has_authenticator(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The field looks like the code that is asked for."""
        return {**super().get_form_kwargs(), "backup": self.with_backup_code}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which of the two kinds of code is asked for, and what else they have."""
        user = self.request.user
        has_authenticator = selectors.has_authenticator(user)
        has_passkey = selectors.passkeys_of(user).exists()
        asked_for_backup = self.request.GET.get("with") == "backup" or "form" in kwargs
        return super().get_context_data(
            with_backup_code=self.with_backup_code,
            has_authenticator=has_authenticator,
            has_passkey=has_passkey,
            passkey_first=has_passkey and not has_authenticator and not asked_for_backup,
            **kwargs,
        )

    def form_valid(self, form: CodeForm) -> HttpResponse:
        """Go on to where they wanted to go; say so when backup codes run out."""
        assert form.device is not None
        mark_verified(self.request, form.device)
        if isinstance(form.device, BackupCodeDevice):
            left = selectors.backup_codes_left(form.user)
            messages.warning(
                self.request,
                _("That code is used up. Backup codes left: %(left)d.") % {"left": left},
            )
        return HttpResponseRedirect(self.get_success_url())


class SetUpView(CodeView):
    """Shows the secret of a new authenticator, and takes its first code."""

    form_class = SetUpForm
    template_name = "accounts/second_factor.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """One authenticator a person: another one begins with taking the first away."""
        if request.user.is_authenticated and selectors.has_authenticator(request.user):
            return redirect("accounts:security")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The secret as picture, text and address."""
        device = services.begin_totp(self.request.user)
        secret = selectors.totp_secret(device)
        return super().get_context_data(
            qr_code=selectors.totp_picture(device).svg_data_uri(scale=4, border=4, light="white"),
            otpauth_url=device.config_url,
            secret=" ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
            asked_to=not second_factor.is_satisfied(self.request.user),
            passkey_address=f"{resolve_url('accounts:passkey_new')}{self.query}",
            **kwargs,
        )

    @property
    def query(self) -> str:
        """What leads on to the page that was wanted."""
        wanted = self.get_redirect_url()
        return f"?{urlencode({'next': wanted})}" if wanted else ""

    def form_valid(self, form: SetUpForm) -> HttpResponse:
        """Show the backup codes, this once: they are not kept, so there is no page to lead to."""
        device = form.confirmation.device
        assert device is not None
        mark_verified(self.request, device)
        if not form.confirmation.backup_codes:
            messages.success(self.request, _("Your authenticator is on."))
            return HttpResponseRedirect(self.get_success_url())
        return show_codes(self, form.confirmation.backup_codes, new=True)


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class BackupCodesView(LoginRequiredMixin, ConfirmationRequiredMixin, NextPageMixin, TemplateView):
    """Ten new backup codes, for who has just confirmed that it is them."""

    template_name = "accounts/backup_codes.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only for who has a second factor."""
        confirmed = request.user.is_authenticated and is_recent(request)
        if confirmed and not second_factor.has_factor(request.user):
            return redirect("accounts:security")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many are left."""
        left = selectors.backup_codes_left(self.request.user)
        return super().get_context_data(codes_left=left, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show the new codes, this once."""
        return show_codes(self, services.renew_backup_codes(request.user, request), new=False)


class RemoveView(CodeView):
    """Takes the authenticator away, for password and code."""

    form_class = RemoveForm
    template_name = "accounts/second_factor_remove.html"
    success_url = reverse_lazy("accounts:security")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only for who has an authenticator."""
        if request.user.is_authenticated and not selectors.has_authenticator(request.user):
            return redirect("accounts:security")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether passkeys go on asking for a second step."""
        passkeys = selectors.passkeys_of(self.request.user).count()
        return super().get_context_data(passkeys=passkeys, **kwargs)

    def form_valid(self, form: RemoveForm) -> HttpResponse:
        """Say what opens the account from now on."""
        services.remove_authenticator(form.user, self.request)
        tell_removed(self.request, _("The authenticator is off."))
        return redirect("accounts:security")


def tell_removed(request: HttpRequest, what: str) -> None:
    """Say that a factor is gone, and plainly so where it was the last one."""
    if second_factor.has_factor(request.user):
        messages.success(request, what)
    else:
        last = _("It was your last second factor: from now on your password alone signs in.")
        messages.warning(request, f"{what} {last}")


def show_codes(
    view: TemplateResponseMixin, codes: tuple[str, ...] | list[str], *, new: bool
) -> HttpResponse:
    """The page that shows backup codes; it is made once and kept by nobody."""
    context = {"codes": codes, "factor_is_new": new, "next": view.get_success_url()}
    return view.response_class(
        request=view.request,
        template="accounts/backup_codes_shown.html",
        context=context,
    )
