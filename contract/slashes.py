"""Addresses of the API answer with and without their trailing slash, whatever the method.

Django's APPEND_SLASH redirects, and a redirected POST loses its body: here the request is
understood as if the slash had been there. Pages keep Django's redirect.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import is_valid_path

from contract.paths import is_slash_agnostic


class CanonicalPathMiddleware:
    """Appends the missing slash where only the address with one exists."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the address as it is spelt in the URL configuration."""
        path = request.path_info
        if (
            not path.endswith("/")
            and is_slash_agnostic(path)
            and not is_valid_path(path)
            and is_valid_path(f"{path}/")
        ):
            request.path_info = f"{path}/"
            request.path = f"{request.path}/"
        return self.get_response(request)
