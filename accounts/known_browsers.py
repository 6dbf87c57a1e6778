"""Browsers that a person has signed in with before.

A browser is known by a signed cookie that lasts a year, or by having signed in from the same
address under the same name within half a year.
"""

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.addresses import client_address, device_of
from accounts.models import SecurityEvent, User

COOKIE = "known"
COOKIE_LASTS = timedelta(days=365)
PEOPLE_ON_ONE_BROWSER = 8
ADDRESS_LASTS = timedelta(days=180)

Kind = SecurityEvent.Kind


def is_known(user: User, request: HttpRequest) -> bool:
    """Whether `user` has signed in with this browser or device before."""
    if _name_of(user) in _names(request):
        return True
    return SecurityEvent.objects.filter(
        user=user,
        kind__in=(Kind.SIGNED_UP, Kind.SIGNED_IN, Kind.NEW_DEVICE),
        address=client_address(request),
        device=device_of(request),
        at__gt=timezone.now() - ADDRESS_LASTS,
    ).exists()


def cookie_with(user: User, request: HttpRequest) -> str:
    """What the cookie says once `user` has signed in here, too."""
    others = [name for name in _names(request) if name != _name_of(user)]
    return ".".join([_name_of(user), *others][:PEOPLE_ON_ONE_BROWSER])


def _names(request: HttpRequest) -> list[str]:
    value = request.get_signed_cookie(COOKIE, "", salt=COOKIE, max_age=COOKIE_LASTS)
    return [name for name in (value or "").split(".") if name]


def _name_of(user: User) -> str:
    """What stands for `user` in the cookie: their number is nobody's business."""
    return salted_hmac("accounts.known_browsers", str(user.pk), algorithm="sha256").hexdigest()[:16]
