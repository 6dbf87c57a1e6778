"""The gate of the second factor, and the time zone that times are shown in."""

import zoneinfo
from functools import cache
from typing import ClassVar
from urllib.parse import unquote, urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

from accounts import second_factor
from accounts.authentication import SecondFactorRequired
from accounts.models import User
from contract.errors import error_body
from contract.paths import is_api_path

TIME_ZONE_COOKIE = "tz"


class SecondFactorMiddleware(MiddlewareMixin):
    """Leads whoever owes a second factor to give it, or to set one up, before any other page.

    Programs get a 403 in the API's error shape instead of a redirect.
    """

    # Open to a session that still owes its second factor.
    open_views: ClassVar[tuple[str, ...]] = (
        "accounts:verify",
        "accounts:logout",
        "api-login",
        "health",
        "privacy",
    )

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        """None lets the request pass."""
        if request.path.startswith(settings.STATIC_URL) or request.path in self._open_paths():
            return None
        if not request.user.is_authenticated or self._may_pass(request):
            return None
        if is_api_path(request.path) and "Authorization" in request.headers:
            # Another credential decides; the session is worth nothing here.
            request.user = AnonymousUser()
            return None
        return self._refuse(request, request.user)

    @staticmethod
    @cache
    def _open_paths() -> frozenset[str]:
        return frozenset(reverse(name) for name in SecondFactorMiddleware.open_views)

    @staticmethod
    def _may_pass(request: HttpRequest) -> bool:
        if second_factor.is_verified(request.user):
            satisfied = True
        elif opens_guarded_admin(request):
            satisfied = False
        else:
            satisfied = not second_factor.is_required(request.user)
        request.second_factor_is_satisfied = satisfied  # type: ignore[attr-defined]
        return satisfied

    @staticmethod
    def _refuse(request: HttpRequest, user: User) -> HttpResponseBase | None:
        page = "accounts:verify" if second_factor.has_factor(user) else "accounts:setup"
        address = reverse(page)
        if request.path == address:
            return None
        if wants_json(request):
            error = SecondFactorRequired
            body = error_body(error.default_code, str(error.default_detail), error.status_code)
            return JsonResponse(body, status=error.status_code)
        wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
        if wanted:
            address = f"{address}?{urlencode({'next': wanted})}"
        if "HX-Request" in request.headers:
            # htmx would put the page that a redirect leads to into a corner of this one.
            return HttpResponse(status=204, headers={"HX-Redirect": reverse(page)})
        return HttpResponseRedirect(address)


def opens_guarded_admin(request: HttpRequest) -> bool:
    """Whether staff asks for the admin where that needs a second factor: with DEBUG off."""
    return (
        not settings.DEBUG
        and request.user.is_staff
        and request.path.startswith(reverse("admin:index"))
    )


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: it says so, or calls the API without asking for a page."""
    usual, other = "text/html", "application/json"
    if is_api_path(request.path):
        usual, other = other, usual
    return (request.get_preferred_type([usual, other]) or usual) == "application/json"


class TimeZoneMiddleware(MiddlewareMixin):
    """Shows times in the person's zone, else in the one their browser named, else in TIME_ZONE."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the zone for this request."""
        chosen = request.user.time_zone if request.user.is_authenticated else ""
        named = unquote(request.COOKIES.get(TIME_ZONE_COOKIE, ""))
        for name in (chosen, named):
            if name in known_time_zones():
                timezone.activate(zoneinfo.ZoneInfo(name))
                return
        timezone.deactivate()


@cache
def known_time_zones() -> frozenset[str]:
    """Every zone that this installation has the rules of."""
    return frozenset(zoneinfo.available_timezones())
