"""Recording or uploading a new session."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def create(request: HttpRequest) -> HttpResponse:
    """The recorder and the upload form."""
    return render(request, "speech_sessions/session_form.html")
