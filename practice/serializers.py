"""Sessions of practice, as the API takes and gives them."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from contract.choices import one_of
from contract.fields import SparseFieldsMixin
from contract.ids import MAX_ID
from contract.tombstones import TombstoneMixin
from practice.fields import IN_UTC, AtField, RecordedSecondsField, StatusField, seconds_field
from practice.models import PracticePause, PracticeSession, PracticeStep
from practice.services import MOST_STEPS
from practice.statistics_serializers import STATISTICS, StatisticsSerializer
from practice.steps import PARTS, prompts_of

_SESSION = {
    "session_id": 41,
    "user_id": 3,
    "sequence_id": 2,
    "started_at": "2026-11-20T17:00:00Z",
    "completed_at": None,
    "duration_seconds": 0,
    "completion_status": "abandoned",
}


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Done",
            value={
                "session_id": 41,
                "duration_seconds": 300,
                "completion_status": "completed",
                "steps_completed": 3,
                "notes": "The second answer was clearer.",
            },
        )
    ]
)
class CompleteSerializer(serializers.Serializer[Any]):
    """How a session ended, as the client saw it."""

    session_id = serializers.IntegerField(min_value=1, max_value=MAX_ID)
    duration_seconds = seconds_field(help_text="Stands as sent.")
    completion_status = StatusField()
    steps_completed = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=0, max_value=MOST_STEPS
    )
    poses_completed = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=0,
        max_value=MOST_STEPS,
        help_text="The same, for clients that call it so.",
    )
    notes = serializers.CharField(
        required=False, allow_null=True, allow_blank=True, default=None, max_length=5000
    )
    at = AtField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The number of steps under one name, whichever field it came in."""
        older = attrs.pop("poses_completed")
        if attrs["steps_completed"] is None:
            attrs["steps_completed"] = older
        return attrs


@extend_schema_serializer(
    examples=[OpenApiExample("After five minutes", value={"duration_so_far": 300})]
)
class PauseSerializer(serializers.Serializer[Any]):
    """How long was practised until the break."""

    duration_so_far = seconds_field()
    at = AtField()


class ResumeSerializer(serializers.Serializer[Any]):
    """When the break ended."""

    at = AtField()


@extend_schema_serializer(
    examples=[OpenApiExample("Done", value={"completed": True, "seconds": 60})]
)
class MarkStepSerializer(serializers.Serializer[Any]):
    """How a step went."""

    completed = serializers.BooleanField()
    seconds = seconds_field(required=False, allow_null=True, default=None)
    recorded_from = RecordedSecondsField(help_text="Where the recording holds it; else reckoned.")
    recorded_until = RecordedSecondsField()


@extend_schema_serializer(examples=[OpenApiExample("Just started", value=_SESSION)])
class PracticeSessionSerializer(
    SparseFieldsMixin, TombstoneMixin, serializers.ModelSerializer[PracticeSession]
):
    """A session, as starting and ending it answer."""

    serializer_field_mapping = IN_UTC
    session_id = serializers.IntegerField(source="pk", read_only=True)

    class Meta:
        model = PracticeSession
        fields: ClassVar[tuple[str, ...]] = (
            "session_id",
            "user_id",
            "sequence_id",
            "started_at",
            "completed_at",
            "duration_seconds",
            "completion_status",
        )
        read_only_fields = fields
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "sequence_id": {"allow_null": True},
            "completion_status": {"help_text": "`abandoned` until it ends otherwise."},
        }


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Done",
            value={
                **_SESSION,
                "completed_at": "2026-11-20T17:05:02Z",
                "duration_seconds": 300,
                "completion_status": "completed",
                "statistics": STATISTICS,
            },
        )
    ]
)
class CompletedSerializer(PracticeSessionSerializer):
    """A session that ended, and what its learner has practised in all."""

    statistics = StatisticsSerializer()

    class Meta(PracticeSessionSerializer.Meta):
        fields = (*PracticeSessionSerializer.Meta.fields, "statistics")
        read_only_fields = fields


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "At a break",
            value={"session_id": 41, "duration_seconds": 300, "completion_status": "abandoned"},
        )
    ]
)
class ProgressSerializer(PracticeSessionSerializer):
    """How far a session is."""

    class Meta(PracticeSessionSerializer.Meta):
        fields = ("session_id", "duration_seconds", "completion_status")
        read_only_fields = fields


class _PauseRecordSerializer(serializers.ModelSerializer[PracticePause]):
    serializer_field_mapping = IN_UTC

    class Meta:
        model = PracticePause
        fields = ("started_at", "ended_at")
        read_only_fields = fields


class _StepRecordSerializer(serializers.ModelSerializer[PracticeStep]):
    class Meta:
        model = PracticeStep
        fields = ("number", "completed", "seconds")
        read_only_fields = fields


class PracticeSessionDetailSerializer(PracticeSessionSerializer):
    """A session with its steps, breaks and notes."""

    question_id = serializers.IntegerField(read_only=True, allow_null=True)
    prompts = serializers.SerializerMethodField()
    checklist = serializers.ListField(
        child=serializers.ChoiceField(choices=PARTS, error_messages=one_of(PARTS)),
        max_length=len(PARTS),
        required=False,
        help_text="The parts of a structured answer that were in it.",
    )
    pauses = _PauseRecordSerializer(many=True, read_only=True)
    steps = _StepRecordSerializer(many=True, read_only=True)

    class Meta(PracticeSessionSerializer.Meta):
        fields = (
            *PracticeSessionSerializer.Meta.fields,
            "client_id",
            "kind",
            "paused_at",
            "elapsed_seconds",
            "exceeds_clock",
            "steps_completed",
            "notes",
            "reflection",
            "question_id",
            "prompts",
            "planned_seconds",
            "checklist",
            "steps",
            "pauses",
            "recording_id",
            "updated_at",
        )
        read_only_fields = tuple(
            name for name in fields if name not in {"notes", "reflection", "checklist"}
        )

    @extend_schema_field(
        serializers.ListField(
            child=serializers.CharField(), help_text="What was asked, one spoken step each."
        )
    )
    def get_prompts(self, session: PracticeSession) -> list[str]:
        """What was asked, in its order."""
        return prompts_of(session)
