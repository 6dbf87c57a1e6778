"""The door of a shared page: its headers, and the password that some ask for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.debug import sensitive_post_parameters

from sharing import services
from sharing.forms import PasswordForm
from sharing.models import Share

View = Callable[..., HttpResponseBase]

_SESSION = "shares_unlocked"
# So many passwords stay known to one browser.
_REMEMBERED = 20


def quiet(view: View) -> View:
    """Keep a shared page out of search engines, caches and other sites' logs.

    Not `no-referrer`: under it browsers send a form with the origin `null`, which the protection
    against other sites' forms refuses. `same-origin` tells other sites as little.
    """

    @wraps(view)
    def hushed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        response["Cache-Control"] = "private, no-store"
        return response

    return sensitive_post_parameters("password")(hushed)


def is_unlocked(request: HttpRequest, share: Share) -> bool:
    """Whether this browser gave the present password of `share`, where it has one."""
    given = request.session.get(_SESSION, {}).get(share.key, "")
    return not share.password or constant_time_compare(given, _proof(share))


def ask_password(request: HttpRequest, share: Share) -> HttpResponse | None:
    """The page that asks for the password, or None where it was given, now or before."""
    if is_unlocked(request, share):
        return None
    form = PasswordForm(request.POST if request.method == "POST" else None)
    status, wait = 200, 0
    if form.is_valid():
        try:
            if services.guess(share, form.cleaned_data["password"]):
                _remember(request, share)
                return None
            form.refuse()
        except services.TooMany as refusal:
            form.add_error("password", str(refusal))
            status, wait = 429, refusal.wait
    answer = render(request, "sharing/password.html", {"form": form}, status=status)
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


def _remember(request: HttpRequest, share: Share) -> None:
    known = dict(request.session.get(_SESSION, {}))
    known[share.key] = _proof(share)
    request.session[_SESSION] = dict(list(known.items())[-_REMEMBERED:])


def _proof(share: Share) -> str:
    """Ends with the password it was given for."""
    return salted_hmac(f"sharing.gate.{share.key}", share.password, algorithm="sha256").hexdigest()
