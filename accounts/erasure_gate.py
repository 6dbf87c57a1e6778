"""Whose account waits to be erased may take that back, and do nothing else."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied

from accounts.middleware import wants_json
from accounts.models import User
from accounts.services.erasure import erasure_of
from contract.errors import error_body


class ErasurePending(PermissionDenied):
    """The account waits to be erased: it signs in on the website only, to take that back."""

    default_code = "erasure_pending"
    default_detail = _(
        "This account is about to be erased. To keep it, sign in on the website and say so."
    )


def refuse_erased(user: User) -> None:
    """Raises ErasurePending where `user` waits to be erased: no new token for them."""
    if erasure_of(user) is not None:
        raise ErasurePending


class ErasureGateMiddleware(MiddlewareMixin):
    """Leads a signed-in browser whose account waits to be erased to the page that stops it.

    Programs need no look: their credentials ended with the order, and get no new ones.

    It is the innermost middleware, and says that it is not asynchronous: else Django would run each
    one in here on the event loop, and lead every step of it to the request's thread and back.
    """

    async_capable = False

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:
        """None lets the request pass."""
        if not request.user.is_authenticated or request.path in _open_paths():
            return None
        if request.path.startswith(settings.STATIC_URL) or erasure_of(request.user) is None:
            return None
        page = reverse("accounts:erasure")
        if wants_json(request):
            error = ErasurePending
            body = error_body(error.default_code, str(error.default_detail), error.status_code)
            return JsonResponse(body, status=error.status_code)
        if "HX-Request" in request.headers:
            return HttpResponse(status=204, headers={"HX-Redirect": page})
        return HttpResponseRedirect(page)


@cache
def _open_paths() -> frozenset[str]:
    names = (
        "accounts:erasure",
        "accounts:logout",
        "accounts:verify",
        "health",
        "manifest",
        "offline",
        "privacy",
        "service-worker",
    )
    return frozenset(reverse(name) for name in names)
