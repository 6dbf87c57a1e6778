"""Where a request comes from, and with what."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The client's IP address, or None where the server does not know it (a Unix socket).

    `X-Forwarded-For` counts only behind the proxy that BEHIND_PROXY speaks of, and of it only the
    last entry, the one that this proxy wrote: the rest is whatever the client says.
    """
    address = request.META.get("REMOTE_ADDR") or ""
    if settings.BEHIND_PROXY:
        address = request.META.get("HTTP_X_FORWARDED_FOR", address).rsplit(",", 1)[-1].strip()
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return None


def device_of(request: HttpRequest) -> str:
    """What the browser or program calls itself, cut to what is kept."""
    return request.headers.get("User-Agent", "")[:300]
