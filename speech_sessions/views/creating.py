"""Recording or uploading a new session: one address for the form and for the page's scripts."""

from typing import Any, cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError as FormError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from contract.errors import Refused
from contract.idempotency import answer_once
from speech_sessions import services
from speech_sessions.forms import RecordingForm
from speech_sessions.models import SpeechSession
from speech_sessions.presentation.focus import next_focus
from speech_sessions.presentation.place import where_recordings_go
from speech_sessions.views.signed_in import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: SignedInRequest) -> HttpResponse:
    """The recorder and the upload form; scripts ask for JSON and get the API's answers.

    Both ways ask who it is themselves: a script is told 401, a reader is led to sign in.
    """
    preferred = request.get_preferred_type(["text/html", "application/json"])
    if request.method == "POST" and preferred == "application/json":
        return RecordingView.as_view()(request)
    response: HttpResponse = form_page(request)
    return response


@login_required
def form_page(request: SignedInRequest) -> HttpResponse:
    """The page; what was refused stands beside the field, and what was typed stays."""
    form = RecordingForm(request.POST or None, request.FILES or None)
    answer: int = status.HTTP_200_OK
    if request.method == "POST":
        if form.is_valid():
            try:
                return redirect(_submit(request, form))
            except services.RecordingRefused as refused:
                form.add_error("audio_file", FormError(refused.message, code=refused.code))
                answer = refused.status
        else:
            answer = status.HTTP_400_BAD_REQUEST
    context = {
        "form": form,
        "max_bytes": settings.MAX_UPLOAD_BYTES,
        "max_seconds": settings.MAX_RECORDING_SECONDS,
        "where_it_goes": where_recordings_go(request),
        "focus_text": next_focus(request.user),
    }
    return render(request, "speech_sessions/session_form.html", context, status=answer)


class RecordingView(APIView):
    """The same form for scripts: 201 `{"id", "url"}`, or the API's error shape."""

    parser_classes = (MultiPartParser, FormParser)

    def post(self, request: Request) -> Response:
        """Store the recording once a key, however often it is sent."""
        return answer_once(request, lambda: self._create(request))

    def _create(self, request: Request) -> Response:
        form = RecordingForm(request.data, request.FILES)
        if not form.is_valid():
            raise ValidationError(_details(form))
        try:
            session = _submit(request, form)
        except services.RecordingRefused as refused:
            raise Refused(
                refused.status, refused.code, refused.message, attr="audio_file"
            ) from refused
        body = {"id": session.pk, "url": session.get_absolute_url()}
        return Response(body, status=status.HTTP_201_CREATED)


def _submit(request: SignedInRequest | Request, form: RecordingForm) -> SpeechSession:
    return services.submit_recording(
        cast("User", request.user), form.cleaned_data["audio_file"], **form.facts()
    )


def _details(form: RecordingForm) -> dict[str, Any]:
    return {
        name: [ErrorDetail(str(message), error.code) for error in errors for message in error]
        for name, errors in form.errors.as_data().items()
    }
