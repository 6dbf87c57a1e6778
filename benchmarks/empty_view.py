"""The product with one address more, `/empty/`, that does nothing: what every request costs."""

from django.http import HttpRequest, HttpResponse

from verbalcoach.asgi import application

# The product must be set up before its addresses are read.
from django.urls import path  # isort: skip

from verbalcoach.urls import urlpatterns  # isort: skip

__all__ = ["application"]


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return HttpResponse()


urlpatterns.append(path("empty/", empty))
