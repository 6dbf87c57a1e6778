"""Passwords: change the one you know, replace the one you forgot."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts import services
from accounts.forms import ChangePasswordForm, NewPasswordForm, ResetForm


class ChangeView(auth_views.PasswordChangeView):
    """A new password for who knows the present one; the session goes on, all others end."""

    form_class = ChangePasswordForm
    template_name = "accounts/password_change.html"
    success_url = reverse_lazy("accounts:security")

    def form_valid(self, form: Any) -> HttpResponse:
        """Say what ended with the old password."""
        messages.success(
            self.request,
            _("Your password is changed. Other browsers and all devices have to sign in again."),
        )
        return super().form_valid(form)


class ResetView(auth_views.PasswordResetView):
    """Asks for an address, and answers the same whether or not it has an account."""

    form_class = ResetForm
    template_name = "accounts/password_reset.html"
    email_template_name = "accounts/password_reset_mail.txt"
    subject_template_name = "accounts/password_reset_subject.txt"
    success_url = reverse_lazy("accounts:password_reset_done")


class SentView(TemplateView):
    """What happens next."""

    template_name = "accounts/password_reset_sent.html"


class NewPasswordView(auth_views.PasswordResetConfirmView):
    """The page behind the link in the mail; the link ends with the first new password."""

    form_class = NewPasswordForm
    template_name = "accounts/password_new.html"

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        """Let them sign in: a second factor, where there is one, is still asked for."""
        del self.request.session[auth_views.INTERNAL_RESET_SESSION_TOKEN]
        if not services.reset_password(form.user, form.cleaned_data["new_password"]):
            self.validlink = False
            return self.render_to_response(self.get_context_data())
        messages.success(self.request, _("Your new password is set. Sign in with it."))
        return redirect("accounts:login")
