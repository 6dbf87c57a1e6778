"""`vocabulary/look-up/`: what a word means."""

from dataclasses import asdict

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from contract.errors import Refused
from contract.schema import error_answer
from flashcards.look_up_serializers import DictionaryEntrySerializer, LookUpSerializer
from flashcards.looking_up import NoDictionary, UnknownWord, look_up


class LookUpThrottle(UserRateThrottle):
    """Sixty a minute a user: the dictionary is somebody's server."""

    scope = "dictionary"
    rate = "60/min"


class LookUpApi(APIView):
    """A word in the dictionary."""

    throttle_classes = (LookUpThrottle, UserRateThrottle)

    @extend_schema(
        tags=["Vocabulary"],
        summary="Look a word up",
        description="In the dictionary that the owner of the installation set up "
        "(`DICTIONARY_URL`), in the word's own language.",
        parameters=[LookUpSerializer],
        responses={
            200: DictionaryEntrySerializer,
            404: error_answer(
                "The dictionary does not have it.",
                "word_unknown",
                "The dictionary does not have this word.",
            ),
            503: error_answer(
                "No dictionary is set up, or it does not answer.",
                "no_dictionary",
                "No dictionary is set up here.",
            ),
        },
        examples=[
            OpenApiExample(
                "Harbour",
                value={
                    "word": "harbour",
                    "pronunciation": "/ˈhɑːbə/",
                    "senses": [
                        {
                            "definition": "A sheltered expanse of water where ships may anchor.",
                            "part_of_speech": "noun",
                            "example": "The harbour was full of boats.",
                        }
                    ],
                    "source": "https://en.wiktionary.org/wiki/harbour",
                    "licence": "CC BY-SA 3.0",
                    "service": "Free Dictionary at api.dictionaryapi.dev",
                    "leaves_machine": True,
                },
                response_only=True,
                status_codes=["200"],
            )
        ],
    )
    def get(self, request: Request) -> Response:
        """Look it up."""
        asked = LookUpSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        try:
            found = look_up(**asked.validated_data)
        except UnknownWord as unknown:
            message = _("The dictionary does not have this word.")
            raise NotFound(message, "word_unknown") from unknown
        except NoDictionary as none:
            message = (
                _("No dictionary is set up for this here.")
                if none.permanent
                else _("The dictionary does not answer at the moment. Try again in a minute.")
            )
            raise Refused(503, "no_dictionary", message) from none
        told = asdict(found.entry) | {
            "service": found.service,
            "leaves_machine": found.leaves_machine,
        }
        return Response(DictionaryEntrySerializer(told).data)
