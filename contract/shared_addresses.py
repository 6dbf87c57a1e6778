"""Addresses that are a page for people and a call for programs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.vary import vary_on_headers

View = Callable[..., HttpResponseBase]


def page_or_call(page: View, call: View) -> View:
    """`call` for who sends JSON or would rather have JSON than a page, else `page`.

    The page keeps its protection against forms of other sites; the call has its own, which asks
    for it wherever a cookie says who asks.
    """
    protected = csrf_protect(page)

    @csrf_exempt
    @vary_on_headers("Accept")
    def either(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        view = call if is_for_program(request) else protected
        return view(request, *args, **kwargs)

    return either


def is_for_program(request: HttpRequest) -> bool:
    """Whether `request` speaks JSON or asks for it."""
    preferred = request.get_preferred_type(["text/html", "application/json"])
    return request.content_type == "application/json" or preferred == "application/json"
