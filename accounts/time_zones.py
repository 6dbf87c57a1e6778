"""The zone in which a person's days begin and end."""

import zoneinfo
from functools import cache
from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.models import User


@cache
def known_time_zones() -> frozenset[str]:
    """Every zone that this installation has the rules of."""
    return frozenset(zoneinfo.available_timezones())


def first_known(*names: str) -> zoneinfo.ZoneInfo | None:
    """The first of the zones `names` that this installation knows, None where it knows none."""
    return next((zoneinfo.ZoneInfo(name) for name in names if name in known_time_zones()), None)


def activate(*names: str) -> None:
    """Show times in the first of the zones `names` that is known, else in TIME_ZONE."""
    zone = first_known(*names)
    if zone is not None:
        timezone.activate(zone)
    else:
        timezone.deactivate()


class InOwnZoneMixin(APIView):
    """Days are days of the person's zone, also where a token and no session says who asks."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Once it is known who asks."""
        super().initial(request, *args, **kwargs)
        if isinstance(request.user, User) and request.user.time_zone:
            activate(request.user.time_zone)
