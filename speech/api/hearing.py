"""`speech/transcribe`."""

from typing import cast

from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from speech import services
from speech.api import documentation
from speech.api.refusals import SpeechApiView
from speech.serializers import HeardSerializer, TranscribeSerializer


class TranscribeView(SpeechApiView):
    """What is said in a recording."""

    parser_classes = (MultiPartParser,)

    @documentation.transcribe
    def post(self, request: Request) -> Response:
        """Hear it; nothing of it is kept."""
        sent = TranscribeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        heard = services.hear_for(
            cast("User", request.user),
            sent.validated_data["audio"],
            language=sent.validated_data.get("language", ""),
        )
        return Response(HeardSerializer(heard).data)
