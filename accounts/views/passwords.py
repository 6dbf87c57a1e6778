"""Passwords: change the one you know, replace the one you forgot."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from accounts import services
from accounts.forms import ChangePasswordForm, NewPasswordForm, ResetForm, waiting
from accounts.views.answers import refuse_for_now


class ChangeView(auth_views.PasswordChangeView):
    """A new password for who knows the present one; the session goes on, all others end."""

    form_class = ChangePasswordForm
    template_name = "accounts/password_change.html"
    success_url = reverse_lazy("accounts:security")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Guesses are counted and told with where they came from."""
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form: ChangePasswordForm) -> HttpResponse:
        """Say what ended with the old password."""
        form.save()
        messages.success(
            self.request,
            _("Your password is changed. Other browsers and all devices have to sign in again."),
        )
        return redirect(self.get_success_url())


@method_decorator(never_cache, name="dispatch")
class ResetView(FormView):
    """Asks for an address, and answers the same whether or not it has an account."""

    form_class = ResetForm
    template_name = "accounts/password_reset.html"
    success_url = reverse_lazy("accounts:password_reset_done")

    def form_valid(self, form: ResetForm) -> HttpResponse:
        """Say where to look."""
        wait_seconds = services.ask_reset(form.cleaned_data["email"], self.request)
        if wait_seconds:
            form.add_error(None, waiting(wait_seconds))
            return refuse_for_now(self.form_invalid(form), wait_seconds)
        return super().form_valid(form)


class SentView(TemplateView):
    """What happens next."""

    template_name = "accounts/password_reset_sent.html"


class NewPasswordView(auth_views.PasswordResetConfirmView):
    """The page behind the link in the mail; the link ends with the first new password."""

    form_class = NewPasswordForm
    template_name = "accounts/password_new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the link works; one that does not is in the log of whose it was."""
        if not self.validlink and self.user is not None:
            services.refuse_reset_link(self.user, self.request)
        return super().get_context_data(**kwargs)

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        """Let them sign in: a second factor, where there is one, is still asked for."""
        del self.request.session[auth_views.INTERNAL_RESET_SESSION_TOKEN]
        password = form.cleaned_data["new_password"]
        if not services.reset_password(form.user, password, self.request):
            self.validlink, self.user = False, None
            return self.render_to_response(self.get_context_data())
        messages.success(self.request, _("Your new password is set. Sign in with it."))
        return redirect("accounts:login")
