"""Which site a passkey belongs to; the ceremonies themselves are those of django-otp-webauthn.

A passkey is bound to a host name: that of SITE_URL where the request came to it or below it, else
the name that the request came to. Browsers make none for a bare address such as 127.0.0.1.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django_otp_webauthn.helpers import WebAuthnHelper


def relying_party_id(request: HttpRequest) -> str:
    """The host name that passkeys made or asked for by `request` are bound to."""
    host = split_domain_port(request.get_host())[0]
    site = urlsplit(settings.SITE_URL).hostname or host
    return site if host == site or host.endswith(f".{site}") else host


def allowed_origins(request: HttpRequest) -> list[str]:
    """Where the browser may have been when it answered: this host, and SITE_URL where it fits."""
    origins = [f"{request.scheme}://{request.get_host()}"]
    site = urlsplit(settings.SITE_URL)
    if site.hostname == relying_party_id(request):
        origins.append(f"{site.scheme}://{site.netloc}")
    return origins


class PasskeyCeremony(WebAuthnHelper):
    """django-otp-webauthn's ceremonies for this request's host."""

    def get_allowed_origins(self) -> list[str]:
        """Where the browser may have been when it answered."""
        return allowed_origins(self.request)
