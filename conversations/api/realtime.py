"""`conversations/realtime-token/`: what a device needs to talk to a realtime model by itself."""

from datetime import UTC, datetime
from typing import cast

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from accounts.models import User
from contract.errors import Refused
from contract.schema import error_answer
from conversations.limits import DailyLimit
from conversations.realtime import NoRealtime, secret_for
from conversations.realtime_serializers import RealtimeSecretSerializer, RealtimeTalkSerializer


class RealtimeThrottle(UserRateThrottle):
    """So many talks begun by one person, as with the tutor."""

    scope = "tutor-start"


class RealtimeTokenApi(APIView):
    """A secret for one talk."""

    throttle_classes = (RealtimeThrottle, UserRateThrottle)

    @extend_schema(
        tags=["Conversations"],
        summary="Get a secret for a realtime talk",
        description="A client secret of OpenAI's Realtime API, good for beginning one talk within "
        "a minute: the device sends its WebRTC offer to `calls_url` with it. The account's key "
        "never leaves this installation. The model is told the language, the level and the "
        "situation; with `session` also what was said in that talk before, which its "
        "`realtime-turns/` keep. Without one, store the talk by `voice-conversations/` when it is "
        "over. Off unless the owner of the installation set `REALTIME_MODEL`.",
        request=RealtimeTalkSerializer,
        responses={
            201: RealtimeSecretSerializer,
            503: error_answer(
                "No realtime model is set up, or it does not answer.",
                "no_realtime",
                "No realtime model is set up here.",
            ),
        },
        examples=[
            OpenApiExample(
                "Ordering food in Spanish",
                value={"target_language": "es", "level": "A1", "scenario": "ordering-food"},
                request_only=True,
            ),
            OpenApiExample(
                "A secret",
                value={
                    "value": "ek_68af296e8e408191a1120ab6383263c2",
                    "expires_at": "2026-11-21T09:31:00Z",
                    "model": "gpt-realtime",
                    "calls_url": "https://api.openai.com/v1/realtime/calls",
                },
                response_only=True,
                status_codes=["201"],
            ),
        ],
    )
    def post(self, request: Request) -> Response:
        """Fetch one."""
        user = cast("User", request.user)
        sent = RealtimeTalkSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            secret = secret_for(user, sent.wanted(user))
        except DailyLimit as used_up:
            message = _("You have used up what there is for a day.")
            raise Throttled(used_up.wait, message, "daily_limit") from used_up
        except NoRealtime as none:
            raise _refused(none) from none
        told = {
            "value": secret.value,
            "expires_at": datetime.fromtimestamp(secret.expires_at, UTC),
            "model": secret.model,
            "calls_url": secret.calls_url,
        }
        return Response(RealtimeSecretSerializer(told).data, status=201)


def _refused(none: NoRealtime) -> Refused:
    if none.permanent:
        return Refused(503, "no_realtime", _("No realtime model is set up here."))
    message = _("The realtime model does not answer at the moment. Try again in a minute.")
    return Refused(503, "no_realtime", message)
