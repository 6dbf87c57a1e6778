"""`conversations/translate/`: a text in the learner's own language."""

from dataclasses import asdict

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from contract.errors import Refused
from contract.schema import error_answer
from conversations.translating import NoTranslator, translate
from conversations.translation_serializers import TranslatedSerializer, TranslateSerializer


class TranslationThrottle(UserRateThrottle):
    """Sixty a minute a user: each may cost the owner of the installation."""

    scope = "translation"
    rate = "60/min"


class TranslateApi(APIView):
    """A text in another language."""

    throttle_classes = (TranslationThrottle, UserRateThrottle)

    @extend_schema(
        tags=["Conversations"],
        summary="Translate a text",
        description="By the first translator that is set up and answers (`TRANSLATORS`); none is "
        "set up unless the owner of the installation did.",
        request=TranslateSerializer,
        responses={
            200: TranslatedSerializer,
            503: error_answer(
                "No translator is set up, or none answers.",
                "no_translator",
                "No translator is set up here.",
            ),
        },
        examples=[
            OpenApiExample(
                "A line of the partner",
                value={"text": "¿Qué le pongo hoy?", "source": "es", "target": "en"},
                request_only=True,
            ),
            OpenApiExample(
                "In English",
                value={
                    "text": "What can I get you today?",
                    "service": "LibreTranslate at localhost",
                    "leaves_machine": False,
                },
                response_only=True,
                status_codes=["200"],
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        """Translate it."""
        sent = TranslateSerializer(data=request.data, context={"request": request})
        sent.is_valid(raise_exception=True)
        asked = sent.validated_data
        try:
            found = translate(asked["text"], source=asked.get("source"), target=asked["target"])
        except NoTranslator as none:
            message = (
                _("No translator is set up for this here.")
                if none.permanent
                else _("The translator does not answer at the moment. Try again in a minute.")
            )
            raise Refused(503, "no_translator", message) from none
        return Response(TranslatedSerializer(asdict(found)).data)
