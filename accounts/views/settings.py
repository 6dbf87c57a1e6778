"""What speaks for a signed-in person: the second factor, the devices, the password."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView

from accounts import second_factor, selectors, services
from accounts.confirmation import ConfirmationRequiredMixin
from accounts.forms import TokenForm
from accounts.views.checklist import checks_of


@require_safe
@login_required
@never_cache
def security(request: HttpRequest) -> HttpResponse:
    """How safe the account is, the second factor, passkeys, the password."""
    return render(
        request,
        "accounts/security.html",
        {
            "has_factor": second_factor.has_factor(request.user),
            "has_authenticator": selectors.has_authenticator(request.user),
            "passkeys": selectors.passkeys_of(request.user),
            "codes_left": selectors.backup_codes_left(request.user),
            "checks": checks_of(request.user),
        },
    )


@method_decorator(never_cache, name="dispatch")
class NewTokenView(LoginRequiredMixin, ConfirmationRequiredMixin, FormView):
    """A token for a program, by name; its key is shown in the answer and kept by nobody."""

    form_class = TokenForm
    template_name = "accounts/token_new.html"

    def form_valid(self, form: TokenForm) -> HttpResponse:
        """Show the key, this once."""
        token, key = services.make_token(
            self.request.user,
            form.cleaned_data["name"],
            self.request,
            second_factor=second_factor.is_verified(self.request.user),
        )
        return render(self.request, "accounts/token_shown.html", {"token": token, "key": key})


@require_POST
@login_required
def revoke_tokens(request: HttpRequest) -> HttpResponse:
    """End one device's token (`digest`), one app's sign-in (`family`), or all of them (`all`)."""
    digest, family = request.POST.get("digest", ""), family_in(request)
    ended = 0
    if digest or "all" in request.POST:
        ended += services.revoke_tokens(request.user, digest or None, request)
    if family or "all" in request.POST:
        ended += services.end_families(request.user, family, request)
    if ended:
        messages.success(
            request,
            ngettext("%(count)d device is signed out.", "%(count)d devices are signed out.", ended)
            % {"count": ended},
        )
    return redirect("accounts:devices")


def family_in(request: HttpRequest) -> uuid.UUID | None:
    """Which app's sign-in the form names, if it names one."""
    try:
        return uuid.UUID(request.POST.get("family", ""))
    except ValueError:
        return None
