"""What kinds of practice add to a session: another question, a recording, what it came to."""

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from contract.errors import Conflict
from contract.idempotency import answer_once
from practice import selectors, services
from practice.api import documentation
from practice.how_it_went import HowItWent, how_it_went
from practice.kind_serializers import ResultSerializer, WishSerializer
from practice.models import PracticeSession
from practice.praise import next_step, praise
from practice.question_bank import Wish
from practice.recording_answers import kept


class KindsMixin(GenericViewSet[PracticeSession]):
    """The calls of single kinds."""

    @documentation.another_question
    @action(detail=True, methods=["put"])
    def question(self, request: Request, pk: str) -> Response:
        """Ask another question, as long as nobody has spoken."""
        sent = WishSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        session = self.get_object()
        try:
            services.ask_another(session.user, session.pk, Wish(**sent.validated_data))
        except services.TooLate as late:
            message = _("Somebody is speaking already, or nothing is asked in this practice.")
            raise Conflict(message, "too_late") from late
        except services.NoSuchQuestion as none:
            raise NotFound(_("No question fits that. Leave something open.")) from none
        return Response(self.get_serializer(self.get_object()).data)

    @documentation.recording
    @action(detail=True, methods=["post"], parser_classes=(MultiPartParser,))
    def recording(self, request: Request, pk: str) -> Response:
        """Store what was said, once a key, however often it is sent."""
        return answer_once(request, lambda: kept(request, self.get_object()))

    @documentation.result
    @action(detail=True)
    def result(self, request: Request, pk: str) -> Response:
        """How it went."""
        session = self.get_object()
        found = how_it_went(session)
        completed = selectors.statistics(session.user).total_sessions
        said = {
            "praise": praise(session, found, selectors.streak_of(session.user), completed),
            "next_step": next_step(session, found),
        }
        return Response(ResultSerializer(_told(found) | said).data)


def _told(found: HowItWent) -> dict[str, Any]:
    return {
        "analysis": found.state,
        "strength": found.focus.strength if found.focus else "",
        "fillers": found.fillers,
        "tries": [
            {
                "session_id": tried.pk,
                "talk": measured.talk,
                "a_minute": measured.a_minute,
                "longest": measured.longest,
            }
            for tried, measured in found.tries
        ],
        "rungs": [asdict(rung) for rung in found.rungs],
        "reading": found.reading,
    }
