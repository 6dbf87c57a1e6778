"""`conversations/sessions/`: talking with the tutor."""

from collections.abc import Callable
from typing import Any, cast

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail, NotFound, Throttled, ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.throttling import BaseThrottle, UserRateThrottle
from rest_framework.viewsets import GenericViewSet

from accounts.models import User
from contract.errors import Conflict, Refused
from contract.etag import ConditionalGetMixin
from contract.idempotency import answer_once
from contract.ids import id_in_address
from contract.ranges import serve_stored
from conversations import notices, services, tutor_selectors
from conversations.api import tutor_documentation as documentation
from conversations.api.sounds import SoundParser, fields_of, sound_of
from conversations.limits import DailyLimit
from conversations.models import TutorMessage, TutorSession
from conversations.tutor_serializers import (
    PatienceSerializer,
    RealtimeTurnKeptSerializer,
    RealtimeTurnSerializer,
    SoundSerializer,
    TutorMessageSerializer,
    TutorSessionSerializer,
    TutorStartSerializer,
    TutorTextSerializer,
    TutorTurnSerializer,
)
from speech_sessions.services.recordings import RecordingRefused


class StartThrottle(UserRateThrottle):
    """So many talks begun by one person."""

    scope = "tutor-start"


@documentation.sessions
class TutorSessionViewSet(
    ConditionalGetMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    GenericViewSet[TutorSession],
):
    """One's own talks with the tutor."""

    queryset = TutorSession.objects.none()
    serializer_class = TutorSessionSerializer
    lookup_value_regex = "[0-9]+"
    filter_backends = ()

    def get_queryset(self) -> QuerySet[TutorSession]:
        """Those of who asks."""
        return tutor_selectors.sessions_of(self._who())

    def get_object(self) -> TutorSession:
        """The one that the address names; 404 where it is not there or another's."""
        return get_object_or_404(self.get_queryset(), pk=id_in_address(self.kwargs["pk"]))

    def get_throttles(self) -> list[BaseThrottle]:
        """Starts are counted by themselves, beside all that is asked."""
        throttles = super().get_throttles()
        return [*throttles, StartThrottle()] if self.action == "create" else throttles

    def create(self, request: Request) -> Response:
        """Start a talk, once an `Idempotency-Key`."""
        sent = TutorStartSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return answer_once(request, lambda: self._started(sent.wish()))

    def _started(self, wish: services.Start) -> Response:
        try:
            session = services.start(self._who(), wish)
        except services.NotPossible as refused:
            raise _refusal(refused) from refused
        address = reverse("tutor-session-detail", args=(session.pk,), request=self.request)
        data = self.get_serializer(session).data
        return Response(data, status=status.HTTP_201_CREATED, headers={"Location": address})

    def partial_update(self, request: Request, pk: str) -> Response:
        """Change how long a pause may last."""
        session = self.get_object()
        sent = PatienceSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        changed = services.set_patience(session, sent.validated_data["patience_seconds"])
        return Response(self.get_serializer(changed).data)

    @documentation.messages
    @action(detail=True, serializer_class=TutorMessageSerializer)
    def messages(self, request: Request, pk: str) -> Response:
        """Both sides, in order."""
        found = tutor_selectors.messages_of(self.get_object())
        page = self.paginate_queryset(cast("QuerySet[Any]", found))
        return self.get_paginated_response(TutorMessageSerializer(page, many=True).data)

    @documentation.message_audio
    @action(detail=True, url_path=r"messages/(?P<number>[0-9]{1,9})/audio")
    def message_audio(self, request: Request, pk: str, number: str) -> HttpResponseBase:
        """The sound of one turn, whole or by Range."""
        found = tutor_selectors.messages_of(self.get_object())
        message = get_object_or_404(found, position=int(number))
        if not message.audio:
            raise NotFound(_("This turn has no sound."), "no_audio")
        return serve_stored(
            request,
            message.audio,
            content_type=message.audio_type,
            file_name=f"turn-{message.session_id}-{message.position}",
            attachment=False,
        )

    @documentation.text
    @action(detail=True, methods=["post"])
    def text(self, request: Request, pk: str) -> Response:
        """Say something in writing."""
        session = self.get_object()
        sent = TutorTextSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        return answered(lambda: services.take_text(session, said["text"], said.get("client_id")))

    @documentation.audio
    @action(detail=True, methods=["post"], parser_classes=(MultiPartParser, SoundParser))
    def audio(self, request: Request, pk: str) -> Response:
        """Say something aloud: a form with the field `audio`, or the recording itself as body."""
        session = self.get_object()
        named = SoundSerializer(data=request.query_params.dict() | fields_of(request))
        named.is_valid(raise_exception=True)
        content = sound_of(request)
        client_id = named.validated_data.get("client_id")
        return answered(lambda: services.take_audio(session, content, client_id))

    @documentation.realtime_turns
    @action(detail=True, methods=["post"], url_path="realtime-turns")
    def realtime_turns(self, request: Request, pk: str) -> Response:
        """Keep what one side said while a realtime model hears and answers."""
        session = self.get_object()
        sent = RealtimeTurnSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            message = services.keep_said(session, sent.said())
        except services.SessionEnded as ended:
            raise _ended() from ended
        kept = {"message": message, "may_go_on": services.may_go_on(session)}
        return Response(RealtimeTurnKeptSerializer(kept).data, status=status.HTTP_201_CREATED)

    @documentation.end
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """End the talk; it is stored as a conversation."""
        return Response(self.get_serializer(services.end(self.get_object())).data)

    def _who(self) -> User:
        return cast("User", self.request.user)


def answered(take: Callable[[], TutorMessage]) -> Response:
    """201 with the turn that `take` keeps and its answer. Raises Conflict, Throttled."""
    try:
        message = take()
    except services.SessionEnded as ended:
        raise _ended() from ended
    except DailyLimit as limit:
        wait = _("That was a lot of talking for one day. Come back tomorrow.")
        raise Throttled(limit.wait, wait, "daily_limit") from limit
    except RecordingRefused as refused:
        raise Refused(refused.status, refused.code, refused.message, attr="audio") from refused
    learner, tutor = services.wait_for_answer(message)
    waits = tutor is None and learner.state == TutorMessage.State.WAITING
    notice = notices.sentence(notices.WAITS if waits else learner.notice)
    turn = {"learner": learner, "tutor": tutor, "notice": notice or _notice_of(tutor)}
    return Response(TutorTurnSerializer(turn).data, status=status.HTTP_201_CREATED)


def _ended() -> Conflict:
    return Conflict(_("This talk has ended. Start another one."), "session_ended")


def _notice_of(tutor: TutorMessage | None) -> str:
    return notices.sentence(tutor.notice) if tutor else ""


def _refusal(refused: services.NotPossible) -> Exception:
    if refused.code == "needs_language_model":
        return Conflict(
            _(
                "Nobody can play this here: it has no script in this language, and no language "
                "model is set up. Choose a situation that needs none (`?scripted=true`), or have "
                "CONVERSATION_LANGUAGE_MODEL switched on."
            ),
            refused.code,
        )
    sentences = {
        "no_such_scenario": _("There is no such situation."),
        "no_such_persona": _("There is no such partner."),
        "no_such_profile": _("There is no such learning profile."),
        "no_language": _("Say which language, or name a learning profile."),
    }
    code = "required" if refused.code == "no_language" else refused.code
    return ValidationError({refused.attr or "": [ErrorDetail(sentences[refused.code], code)]})
