"""Changes made offline, as the API takes and answers them."""

from collections.abc import Mapping
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.fields import empty

from accounts.time_zones import known_time_zones
from contract.choices import one_of
from contract.ids import MAX_ID
from contract.schema import ErrorAnswerSerializer
from practice.fields import AtField, seconds_field
from practice.models import Kind
from practice.serializers import (
    CompleteSerializer,
    MarkStepSerializer,
    PauseSerializer,
    ResumeSerializer,
)
from practice.services import MOST_STEPS
from speech_sessions.serializers.fields import MomentField

MOST_OPERATIONS = 100
LONGEST_KEY = 200
LONGEST_NAME = 64
OPERATIONS = ("start", "pause", "resume", "step", "complete", "notes")


class KeyField(serializers.CharField):
    """What makes a change happen once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_KEY, trim_whitespace=False, **options)

    def to_internal_value(self, data: Any) -> str:
        """Printable ASCII, of at least one character."""
        key: str = super().to_internal_value(data)
        if not (key.isascii() and key.isprintable()):
            self.fail("invalid")
        return key


@extend_schema_field(
    {
        "oneOf": [
            {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
            {"type": "integer", "minimum": 1},
        ],
        "description": "The client's own name of a session, or the number of one.",
    }
)
class NameField(serializers.Field[Any, Any, Any, Any]):
    """A session: the client's own name for it, or its number."""

    default_error_messages: ClassVar = {
        "invalid": _("Send a name of 1 to 64 printable ASCII characters, or a session's number.")
    }

    def to_internal_value(self, data: Any) -> str | int:
        """The name, or the number."""
        if isinstance(data, int) and not isinstance(data, bool) and 1 <= data <= MAX_ID:
            return data
        if not isinstance(data, str) or not 1 <= len(data) <= LONGEST_NAME:
            self.fail("invalid")
        if not (data.isascii() and data.isprintable()):
            self.fail("invalid")
        return data


class ZoneField(serializers.CharField):
    """A time zone by its name, such as `Europe/Berlin`; None where none is sent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, allow_null=True, default=None, **options)

    def to_internal_value(self, data: Any) -> Any:
        """The zone."""
        name: str = super().to_internal_value(data)
        if name not in known_time_zones():
            self.fail("invalid")
        return ZoneInfo(name)


class WhichSerializer(serializers.Serializer[Any]):
    """Which change it is."""

    op = serializers.ChoiceField(choices=OPERATIONS, error_messages=one_of(OPERATIONS))


class _StartChange(serializers.Serializer[Any]):
    sequence_id = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=MAX_ID
    )
    session = NameField()
    at = AtField()
    kind = serializers.ChoiceField(
        choices=Kind.choices, required=False, default="", error_messages=one_of(Kind.values)
    )
    question_id = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=MAX_ID
    )
    time_zone = ZoneField()

    def validate_session(self, session: str | int) -> str:
        """A session that is started has no number yet."""
        if isinstance(session, int):
            raise serializers.ValidationError(_("Send a name of your own."), "invalid")
        return session


class _PauseChange(PauseSerializer):
    session = NameField()


class _ResumeChange(ResumeSerializer):
    session = NameField()


class _StepChange(MarkStepSerializer):
    session = NameField()
    number = serializers.IntegerField(min_value=1, max_value=MOST_STEPS)


class _CompleteChange(CompleteSerializer):
    session_id = None
    session = NameField()


class _NotesChange(serializers.Serializer[Any]):
    session = NameField()
    notes = serializers.CharField(required=False, allow_blank=True, max_length=5000)
    reflection = serializers.CharField(required=False, allow_blank=True, max_length=5000)


CHANGES: dict[str, type[serializers.Serializer[Any]]] = {
    "start": _StartChange,
    "pause": _PauseChange,
    "resume": _ResumeChange,
    "step": _StepChange,
    "complete": _CompleteChange,
    "notes": _NotesChange,
}


class OperationSerializer(serializers.Serializer[Any]):
    """One change. What is wrong with it is told in its own answer; only its key must be there."""

    key = KeyField(help_text="1 to 200 printable ASCII characters; the change happens once a key.")
    op = serializers.ChoiceField(choices=OPERATIONS)
    session = NameField()
    at = AtField()
    sequence_id = serializers.IntegerField(required=False, help_text="start")
    kind = serializers.ChoiceField(choices=Kind.choices, required=False, help_text="start")
    question_id = serializers.IntegerField(required=False, help_text="start")
    time_zone = serializers.CharField(required=False, help_text="start")
    duration_so_far = seconds_field(required=False, help_text="pause")
    number = serializers.IntegerField(required=False, help_text="step: 1 to 100")
    completed = serializers.BooleanField(required=False, help_text="step")
    seconds = seconds_field(required=False, help_text="step")
    duration_seconds = seconds_field(required=False, help_text="complete")
    completion_status = serializers.CharField(
        required=False, help_text="complete: completed, partial or abandoned"
    )
    steps_completed = serializers.IntegerField(required=False, help_text="complete")
    notes = serializers.CharField(required=False, help_text="complete, notes")
    reflection = serializers.CharField(required=False, help_text="notes")

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The key, and the change as it was sent."""
        if not isinstance(data, Mapping):
            raise serializers.ValidationError(_("Send an object."), "invalid")
        try:
            key = self.fields["key"].run_validation(data.get("key", empty))
        except serializers.ValidationError as error:
            raise serializers.ValidationError({"key": error.detail}) from error
        return {"key": key, "sent": dict(data)}


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A practice without a connection",
            value={
                "time_zone": "Europe/Berlin",
                "sent_at": "2026-11-20T18:00:00Z",
                "operations": [
                    {
                        "key": "a1",
                        "op": "start",
                        "session": "phone-7f3e",
                        "at": "2026-11-20T17:00:00Z",
                        "sequence_id": 2,
                    },
                    {
                        "key": "a2",
                        "op": "complete",
                        "session": "phone-7f3e",
                        "at": "2026-11-20T17:06:00Z",
                        "duration_seconds": 300,
                        "completion_status": "completed",
                    },
                ],
            },
        )
    ]
)
class SyncSerializer(serializers.Serializer[Any]):
    """Changes in the order in which they were made."""

    time_zone = ZoneField(help_text="Where one was, such as `Europe/Berlin`.")
    sent_at = MomentField(
        required=False, allow_null=True, default=None, help_text="The client's clock, now."
    )
    operations = OperationSerializer(many=True, max_length=MOST_OPERATIONS)


class OutcomeSerializer(serializers.Serializer[Any]):
    """What became of one change: `body` where it was made, `error` where not."""

    key = serializers.CharField()
    status = serializers.IntegerField()
    body = serializers.DictField(required=False, help_text="As the call of its own answers.")
    error = ErrorAnswerSerializer(required=False)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "One of two",
            value={
                "results": [
                    {"key": "a1", "status": 201, "body": {"session_id": 42}},
                    {
                        "key": "a2",
                        "status": 404,
                        "error": {
                            "detail": "There is no such practice session.",
                            "type": "client_error",
                            "errors": [
                                {
                                    "code": "not_found",
                                    "detail": "There is no such practice session.",
                                    "attr": None,
                                }
                            ],
                        },
                    },
                ]
            },
        )
    ]
)
class OutcomesSerializer(serializers.Serializer[Any]):
    """What became of each change, in their order."""

    results = OutcomeSerializer(many=True)
