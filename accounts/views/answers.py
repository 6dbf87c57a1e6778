"""Answers that several account pages give."""

from django.http import HttpResponse


def refuse_for_now(response: HttpResponse, wait_seconds: int) -> HttpResponse:
    """`response` as it is, or as a 429 that says when to come back."""
    if wait_seconds:
        response.status_code = 429
        response.headers["Retry-After"] = str(wait_seconds)
    return response
