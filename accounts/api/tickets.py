"""`auth/ws-ticket`: what a program opens a WebSocket with."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import websockets
from accounts.api import documentation as told
from accounts.serializers.users import TicketSerializer


class TicketApi(APIView):
    """A ticket for one WebSocket."""

    @extend_schema(
        operation_id="auth_ws_ticket",
        tags=told.TAGS,
        summary="Get a ticket for a WebSocket",
        description=(
            "Good for one connection within 30 seconds: `wss://…/ws/…/?ticket=<ticket>`. The "
            "connection ends when the credentials of this call do."
        ),
        request=None,
        responses={201: TicketSerializer},
        examples=[told.answered({"ticket": "eyJ1c2Vy…", "expires_in": 30})],
    )
    def post(self, request: Request) -> Response:
        """A fresh ticket."""
        body = {"ticket": websockets.issue_ticket(request), "expires_in": websockets.TICKET_SECONDS}
        return Response(body, status=status.HTTP_201_CREATED, headers={"Cache-Control": "no-store"})
