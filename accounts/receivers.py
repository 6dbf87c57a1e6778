"""Signals of Django's own sign-in and sign-out, translated into calls of services.

Every door that signs a browser in (password, passkey, another site) ends in Django's `login()`, so
this is the one place that sees them all.
"""

from typing import Any

from django.http import HttpRequest

from accounts import services
from accounts.models import User


def on_signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A browser was signed in."""
    services.record_sign_in(user, request)
    services.note_browser(user, request)


def on_signed_out(sender: Any, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """A browser is about to be signed out."""
    services.forget_browser(request)
