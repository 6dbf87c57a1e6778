"""Signing in with other sites, and the page of connected accounts."""

import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException
from social_core.actions import do_auth, do_complete
from social_core.exceptions import AuthCanceled, AuthException, SocialAuthBaseException
from social_django.utils import psa

from accounts import confirmation, selectors, services, social
from accounts.models import User
from accounts.views.entrance import AUTHENTICATION_BACKEND

logger = logging.getLogger(__name__)

COMPLETE = "accounts:social_complete"


@require_POST
@never_cache
def begin(request: HttpRequest, backend: str) -> HttpResponseBase:
    """Lead to the other site: to sign in, or for somebody signed in to connect it."""
    if request.user.is_authenticated and not confirmation.is_recent(request):
        return confirmation.ask(request, "accounts:connections")
    return _with_site(request, backend, _begin)


@require_safe
@never_cache
def complete(request: HttpRequest, backend: str) -> HttpResponseBase:
    """Back from the other site."""
    return _with_site(request, backend, _complete)


def _with_site(request: HttpRequest, backend: str, work: Any) -> HttpResponseBase:
    """What `work` answers; whatever goes wrong on the way is told on the page one came from."""
    if backend not in {site.name for site in social.sites()}:
        raise Http404
    try:
        answer: HttpResponseBase = psa(COMPLETE)(work)(request, backend)
    except social.Refused as refused:
        messages.error(request, _why(refused.code))
    except AuthCanceled:
        messages.info(request, _("You did not sign in there. Nothing has changed."))
    except (AuthException, SocialAuthBaseException, RequestException, ValueError) as error:
        logger.warning("sign-in with %s failed: %s", backend, type(error).__name__)
        messages.error(
            request,
            _("Signing in there did not work. Try again, or sign in with your password."),
        )
    else:
        return answer
    return redirect("accounts:connections" if request.user.is_authenticated else "accounts:login")


def _begin(request: Any, backend: str) -> HttpResponseBase:
    answer: HttpResponseBase = do_auth(request.backend, user=request.user)
    return answer


def _complete(request: Any, backend: str) -> HttpResponseBase:
    answer: HttpResponseBase = do_complete(request.backend, _enter, user=request.user)
    return answer


def _enter(backend: Any, user: User, social_user: Any) -> None:
    """Sign `user` in as any other door does; the second factor is asked for by the middleware."""
    login(backend.strategy.request, user, AUTHENTICATION_BACKEND)
    confirmation.remember(backend.strategy.request)


def _why(code: str) -> str:
    """What to tell somebody who may not come in this way, and what they can do."""
    sentences = {
        "address_unverified": _(
            "That site does not say that your address is verified. Verify it there, or make an"
            " account here with a password."
        ),
        "own_address_unverified": _(
            "There is an account with this address, and the address is not verified yet. Sign in"
            " with your password, verify the address, then connect the other account."
        ),
        "suspended": _("This account may not sign in."),
    }
    return sentences.get(code, _("This account cannot be used to sign in here."))


@require_safe
@login_required
@never_cache
def connections(request: HttpRequest) -> HttpResponse:
    """The accounts elsewhere that open this one, and those that could."""
    user = request.user
    connected = selectors.connections_of(user)
    titles = {site.name: site.title for site in social.sites()}
    return render(
        request,
        "accounts/connections.html",
        {
            "connected": [
                {"row": row, "title": titles.get(row.provider, row.provider)} for row in connected
            ],
            "others": [
                site
                for site in social.sites()
                if site.name not in {row.provider for row in connected}
            ],
            "may_disconnect": services.has_another_way_in(user),
        },
    )


@require_POST
@login_required
@confirmation.confirmation_required("accounts:connections")
def disconnect(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a connected account go, unless nothing else opens this one."""
    try:
        found = services.disconnect(request.user, pk, request)
    except services.LastWayIn:
        messages.error(
            request, _("This is your only way in. Set a password first, then disconnect it.")
        )
        return redirect("accounts:connections")
    if not found:
        raise Http404
    messages.success(request, _("That account is disconnected."))
    return redirect("accounts:connections")
