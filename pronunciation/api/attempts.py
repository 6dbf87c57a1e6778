"""`pronunciation/assess` and `pronunciation/attempts/`."""

from typing import cast

from django.conf import settings
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.exceptions import Throttled
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from accounts.models import User
from contract.errors import Refused
from contract.etag import ConditionalGetMixin
from contract.ids import id_in_address
from contract.ranges import serve_stored
from pronunciation import selectors, services
from pronunciation.api import documentation
from pronunciation.models import Attempt
from pronunciation.notices import USED_UP, failure_of
from pronunciation.serializers import AssessSerializer, AttemptSerializer
from speech.services import DailyLimit
from speech_sessions.services import RecordingRefused


class AssessApi(APIView):
    """Say a sentence, and be told how it went."""

    parser_classes = (MultiPartParser,)

    @documentation.assess
    def post(self, request: Request) -> Response:
        """Keep the recording, have it judged, and wait for that a little."""
        sent = AssessSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        try:
            attempt = services.take(
                cast("User", request.user),
                said["audio"],
                text=said["text"],
                language=said["language"],
            )
        except DailyLimit as limit:
            raise Throttled(limit.wait, str(USED_UP), "daily_limit") from limit
        except RecordingRefused as refused:
            raise Refused(refused.status, refused.code, refused.message, attr="audio") from refused
        attempt = services.wait_for(attempt, settings.PRONUNCIATION_WAIT_SECONDS)
        if attempt.state == Attempt.State.FAILED:
            code, sentence = failure_of(attempt.error)
            raise Refused(code, attempt.error, sentence)
        done = attempt.state == Attempt.State.DONE
        address = reverse("pronunciation-attempt-detail", args=(attempt.pk,), request=request)
        return Response(
            AttemptSerializer(attempt, context={"request": request}).data,
            status=status.HTTP_201_CREATED if done else status.HTTP_202_ACCEPTED,
            headers={"Location": address},
        )


@documentation.attempts
class AttemptViewSet(
    ConditionalGetMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.DestroyModelMixin,
    GenericViewSet[Attempt],
):
    """One's own tries at sentences."""

    queryset = Attempt.objects.none()
    serializer_class = AttemptSerializer
    lookup_value_regex = "[0-9]+"
    filter_backends = ()

    def get_queryset(self) -> QuerySet[Attempt]:
        """Those of who asks."""
        return selectors.attempts_of(cast("User", self.request.user))

    def get_object(self) -> Attempt:
        """The one that the address names; 404 where it is not there or another's."""
        return get_object_or_404(self.get_queryset(), pk=id_in_address(self.kwargs["pk"]))

    def perform_destroy(self, instance: Attempt) -> None:
        """With its recording."""
        services.delete(instance)

    @documentation.audio
    @action(detail=True)
    def audio(self, request: Request, pk: str) -> HttpResponseBase:
        """The recording as it was sent, whole or by Range."""
        attempt = self.get_object()
        return serve_stored(
            request,
            attempt.audio,
            content_type=attempt.audio_type,
            file_name=f"attempt-{attempt.pk}",
        )
