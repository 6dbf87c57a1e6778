"""`sync/`: changes made offline, in their order, each answered for itself."""

import hashlib
import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from accounts.models import User
from accounts.time_zones import InOwnZoneMixin
from contract.errors import Conflict
from contract.idempotency import once
from practice import question_bank, selectors, services
from practice.api import documentation
from practice.api.refusals import PracticeRefusalsMixin
from practice.fields import LONGEST_OFFLINE
from practice.serializers import (
    PracticeSessionDetailSerializer,
    PracticeSessionSerializer,
    ProgressSerializer,
)
from practice.sync_serializers import CHANGES, SyncSerializer, WhichSerializer

# A clock that differs less is taken for right: a request takes a moment itself.
SMALL_SHIFT = timedelta(seconds=2)


class SyncApi(PracticeRefusalsMixin, InOwnZoneMixin):
    """`practice/sync/`."""

    @documentation.sync
    def post(self, request: Request) -> Response:
        """Make every change that can be made, once a key."""
        batch = SyncSerializer(data=request.data)
        batch.is_valid(raise_exception=True)
        self._zone = batch.validated_data["time_zone"] or timezone.get_current_timezone()
        sent_at = batch.validated_data["sent_at"]
        shift = timezone.now() - sent_at if sent_at else timedelta()
        self._shift = shift if abs(shift) > SMALL_SHIFT else timedelta()
        refused: set[str] = set()
        results = [
            self._outcome(operation["key"], operation["sent"], refused)
            for operation in batch.validated_data["operations"]
        ]
        return Response({"results": results})

    def _outcome(self, key: str, sent: dict[str, Any], refused: set[str]) -> dict[str, Any]:
        """What became of one change; one that is refused is noted by its session."""
        session = json.dumps(sent.get("session"), sort_keys=True)
        try:
            if session in refused:
                message = _("An earlier change of this session was refused, so this was not done.")
                raise Conflict(message, "earlier_refused")
            with transaction.atomic():
                answer = once(
                    self._who().pk,
                    f"sync:{key}",
                    _digest(sent),
                    lambda: self._do(sent),
                    LONGEST_OFFLINE,
                )
        except Exception as exc:
            told = self.get_exception_handler()(
                self.told(exc), self.get_exception_handler_context()
            )
            if told is None or told.status_code >= status.HTTP_500_INTERNAL_SERVER_ERROR:
                raise
            refused.add(session)
            return {"key": key, "status": told.status_code, "error": told.data}
        return {"key": key, "status": answer.status_code, "body": answer.data}

    def _do(self, sent: dict[str, Any]) -> Response:
        """Make one change; it answers as the call of its own does."""
        name = self._read(WhichSerializer, sent)["op"]
        change = self._read(CHANGES[name], sent)
        named = change.pop("session")
        if name == "start":
            return self._start(named, change)
        user, pk = self._who(), selectors.session_id_of(self._who(), named)
        if name == "complete":
            said = services.Completion(status=change.pop("completion_status"), **change)
            session = services.complete(user, pk, said)
            totals = {"statistics": asdict(selectors.statistics(user))}
            return Response(PracticeSessionSerializer(session).data | totals)
        if name in {"step", "notes"}:
            if name == "step":
                services.mark_step(user, pk, **change)
            else:
                services.write_notes(selectors.session_of(user, pk), **change)
            found = selectors.session_of(user, pk)
            return Response(PracticeSessionDetailSerializer(found).data)
        call = services.pause if name == "pause" else services.resume
        return Response(ProgressSerializer(call(user, pk, **change)).data)

    def _start(self, client_id: str, change: dict[str, Any]) -> Response:
        sequence = question = None
        if change["sequence_id"] is not None:
            sequences = selectors.sequences_for(self._who())
            sequence = get_object_or_404(sequences, pk=change["sequence_id"])
        if change["question_id"] is not None:
            question = get_object_or_404(question_bank.offered(), pk=change["question_id"])
        began = services.Offline(
            client_id,
            change["at"] or timezone.now(),
            change["time_zone"] or self._zone,
            question,
        )
        session = services.start_offline(self._who(), sequence, change["kind"], began)
        return Response(PracticeSessionSerializer(session).data, status=status.HTTP_201_CREATED)

    def _read(self, serializer: type[Serializer[Any]], sent: dict[str, Any]) -> dict[str, Any]:
        found = serializer(data=sent, context={"shift": self._shift})
        found.is_valid(raise_exception=True)
        return cast("dict[str, Any]", found.validated_data)

    def _who(self) -> User:
        return cast("User", self.request.user)


def _digest(sent: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(sent, sort_keys=True).encode()).hexdigest()
