"""Recent confirmation: what a borrowed browser or a stolen token must not do asks again who it is.

Pages: `@confirmation_required()` on a function, `ConfirmationRequiredMixin` on a class. Who has not
confirmed in the last ten minutes is led to `accounts/confirm/?next=...` and comes back. Programs
that call such a page get a 403 with the code `confirmation_required`.

The API: `require(request)` first thing in the method. A session that confirmed lately passes; other
callers send `password`, `otp_token` or `passkey` with the call.

Whatever signs a browser in calls `remember(request)`: who has just proved who they are is not asked
again at once.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

import django_otp
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.models import Device
from rest_framework.exceptions import ErrorDetail, PermissionDenied, Throttled, ValidationError
from rest_framework.request import Request

from accounts import services
from accounts.authentication import SessionCredential
from accounts.models import PasskeyChallenge
from contract.errors import error_body

CONFIRMED_FOR_SECONDS = 10 * 60
_KEY = "confirmed"


class ConfirmationRequired(PermissionDenied):
    """Who asks is known, but has to show once more that it is them."""

    default_code = "confirmation_required"
    default_detail = gettext_lazy("Confirm that it is you: send your password, or a code.")


def remember(request: HttpRequest) -> None:
    """Note that this session has just shown who it is; a new epoch of the person ends that."""
    user = request.user
    request.session[_KEY] = [user.pk, user.credentials_epoch, int(time.time())]


def mark_verified(request: HttpRequest, device: Device) -> None:
    """Remember that this session has given its second factor; it goes on under a new key."""
    request.session.cycle_key()
    django_otp.login(request, device)
    remember(request)


def is_recent(request: HttpRequest | Request) -> bool:
    """Whether this session has shown in the last ten minutes who it is."""
    user, kept = request.user, request.session.get(_KEY)
    if not user.is_authenticated or not isinstance(kept, list) or len(kept) != 3:
        return False
    whose, epoch, at = kept
    age = time.time() - at
    return (whose, epoch) == (user.pk, user.credentials_epoch) and 0 <= age < CONFIRMED_FOR_SECONDS


def ask(request: HttpRequest, back_to: str = "") -> HttpResponseBase:
    """Lead to the page that asks, and from there back: to `back_to`, else to the page itself."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        error = ConfirmationRequired
        body = error_body(error.default_code, str(error.default_detail), error.status_code)
        return JsonResponse(body, status=error.status_code)
    page = request.get_full_path() if request.method in {"GET", "HEAD"} else request.path
    wanted = resolve_url(back_to) if back_to else page
    return HttpResponseRedirect(f"{resolve_url('accounts:confirm')}?{urlencode({'next': wanted})}")


def confirmation_required(back_to: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorator: the view runs for who confirmed lately. Below `login_required`.

    `back_to` names the page to come back to where the view takes no GET.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            return view(request, *args, **kwargs) if is_recent(request) else ask(request, back_to)

        return guarded

    return decorate


class ConfirmationRequiredMixin:
    """A class-based view for who confirmed lately; stands before the view's own base.

    Who is not signed in passes here, and is led to sign in by LoginRequiredMixin.
    """

    confirmation_back_to = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The view, or the page that asks."""
        if request.user.is_authenticated and not is_recent(request):
            return ask(request, self.confirmation_back_to)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


def require(request: Request) -> None:
    """Pass who confirmed lately, or does in this call by `password`, `otp_token` or `passkey`.

    Raises ConfirmationRequired (403) without either, ValidationError (400) for a wrong one,
    Throttled (429) for too many wrong ones.
    """
    if isinstance(request.auth, SessionCredential) and is_recent(request):
        return
    given = request.data if isinstance(request.data, dict) else {}
    password, code, passkey = (given.get(name) for name in ("password", "otp_token", "passkey"))
    if isinstance(password, str) and password:
        check_password(request, password)
    elif isinstance(code, str) and code:
        check_code(request, code)
    elif isinstance(passkey, dict):
        check_passkey(request, passkey)
    else:
        raise ConfirmationRequired


def check_password(request: Request, password: str) -> None:
    """Nothing where `password` is the caller's; raises ValidationError or Throttled."""
    wait_seconds = services.check_password(request.user, password, cast("HttpRequest", request))
    if wait_seconds:
        raise Throttled(wait=wait_seconds)
    if wait_seconds is not None:
        detail = ErrorDetail(_("This is not your password."), "wrong_password")
        raise ValidationError({"password": [detail]})


def check_code(request: Request, code: str) -> None:
    """Nothing where `code` is good, and used up by this; raises ValidationError or Throttled."""
    outcome = services.take_code(request.user, code, cast("HttpRequest", request))
    if outcome.wait_seconds:
        raise Throttled(wait=outcome.wait_seconds)
    if outcome.device is None:
        detail = ErrorDetail(_("This code is not valid."), "otp_invalid")
        raise ValidationError({"otp_token": [detail]})


def check_passkey(request: Request, credential: dict[str, Any]) -> None:
    """Nothing where the passkey of the caller answered rightly; raises ValidationError."""
    purpose = PasskeyChallenge.Purpose.CONFIRMATION
    asking = cast("HttpRequest", request)
    try:
        services.check_passkey(asking, purpose, credential, request.user)
    except services.PasskeyRefused as refused:
        detail = ErrorDetail(refused.message, refused.code)
        raise ValidationError({"passkey": [detail]}) from None
