"""Practice, as the API takes and gives it."""

from typing import Any, ClassVar

from django.db.models import DateTimeField
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from contract.choices import one_of
from contract.fields import SparseFieldsMixin
from contract.ids import MAX_ID
from contract.tombstones import TombstoneMixin
from practice.fields import (
    AtField,
    RecordedSecondsField,
    StatusField,
    seconds_field,
)
from practice.models import (
    LONGEST_SESSION,
    PracticePause,
    PracticeSession,
    PracticeStep,
    Question,
    Sequence,
    Step,
)
from practice.services import FASTEST, MOST_STEPS, SLOWEST, SequenceSteps
from practice.steps import PARTS, prompts_of
from speech_sessions.serializers.fields import MomentField

# Times are told in UTC, whatever the zone of the person's days.
IN_UTC = serializers.ModelSerializer.serializer_field_mapping | {DateTimeField: MomentField}

_SESSION = {
    "session_id": 41,
    "user_id": 3,
    "sequence_id": 2,
    "started_at": "2026-11-20T17:00:00Z",
    "completed_at": None,
    "duration_seconds": 0,
    "completion_status": "abandoned",
}
_STATISTICS = {
    "total_sessions": 12,
    "total_practice_time_seconds": 5400,
    "average_duration_seconds": 450,
    "completion_rate_percent": 85.7,
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


@extend_schema_serializer(examples=[OpenApiExample("Twelve sessions", value=_STATISTICS)])
class StatisticsSerializer(serializers.Serializer[Any]):
    """Number, time and mean over completed sessions; how many of the started they are."""

    total_sessions = serializers.IntegerField()
    total_practice_time_seconds = serializers.IntegerField()
    average_duration_seconds = serializers.FloatField()
    completion_rate_percent = serializers.FloatField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Done",
            value={
                **_SESSION,
                "completed_at": "2026-11-20T17:05:02Z",
                "duration_seconds": 300,
                "completion_status": "completed",
                "statistics": _STATISTICS,
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


class SequenceStepSerializer(serializers.ModelSerializer[Step]):
    """One step: what to do, and for how long."""

    class Meta:
        model = Step
        fields = (
            "title",
            "text",
            "seconds",
            "is_spoken",
            "words_per_minute",
            "reading",
            "breathing",
        )
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "text": {"required": False, "default": ""},
            "is_spoken": {"required": False, "default": True},
            "words_per_minute": {"min_value": SLOWEST, "max_value": FASTEST},
        }


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Two steps",
            value={
                "id": 12,
                "title": "Before the stand-up",
                "description": "",
                "kind": "custom",
                "is_own": True,
                "steps": [
                    {"title": "Breathe", "text": "", "seconds": 30, "is_spoken": False},
                    {"title": "Say it", "text": "One minute.", "seconds": 60, "is_spoken": True},
                ],
            },
        )
    ]
)
class SequenceSerializer(SparseFieldsMixin, TombstoneMixin, serializers.ModelSerializer[Sequence]):
    """Steps to go through in order."""

    serializer_field_mapping = IN_UTC
    is_own = serializers.SerializerMethodField()
    steps = SequenceStepSerializer(many=True, min_length=1, max_length=MOST_STEPS)

    class Meta:
        model = Sequence
        fields = ("id", "title", "description", "kind", "is_own", "steps", "updated_at")
        read_only_fields = ("kind", "updated_at")

    @extend_schema_field(serializers.BooleanField(help_text="Whether it is one's own to change."))
    def get_is_own(self, sequence: Sequence) -> bool:
        """Whether it is one's own to change."""
        asker = getattr(self.context.get("request"), "user", None)
        is_owned = sequence.owner_id is not None
        return is_owned and (asker is None or sequence.owner_id == asker.pk)

    def validate_steps(self, steps: list[SequenceSteps]) -> list[SequenceSteps]:
        """Each of them whole, all of them together within the longest session."""
        if self.partial:
            # What is left out of a PATCH stays; of a step nothing may be left out.
            whole = SequenceStepSerializer(data=self.initial_data["steps"], many=True)
            whole.is_valid(raise_exception=True)
            steps = whole.validated_data
        if sum(step["seconds"] for step in steps) > LONGEST_SESSION:
            raise serializers.ValidationError(
                _("All steps together may take four hours at most."), "max_value"
            )
        return steps


class QuestionSerializer(serializers.ModelSerializer[Question]):
    """Something to speak about."""

    class Meta:
        model = Question
        fields = ("id", "category", "level", "role", "competence", "text", "follow_ups")
        read_only_fields = fields
        extra_kwargs: ClassVar[dict[str, Any]] = {
            "follow_ups": {"help_text": "What may be asked next."}
        }


class _BucketSerializer(serializers.Serializer[Any]):
    bucket = serializers.DateField(help_text="The first day.")
    seconds = serializers.IntegerField()
    sessions = serializers.IntegerField()


class _KindSumSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    seconds = serializers.IntegerField()
    sessions = serializers.IntegerField()


class StreakSerializer(serializers.Serializer[Any]):
    """Days in a row, in the learner's own days."""

    current = serializers.IntegerField()
    best = serializers.IntegerField()
    practised_today = serializers.BooleanField()
    freeze_used = serializers.BooleanField(help_text="A freeze bridges a missed day of it.")
    at_risk = serializers.BooleanField(help_text="It ends with today unless one practises.")
    freeze_left = serializers.BooleanField(help_text="The next missed day would be bridged.")


class OverviewSerializer(serializers.Serializer[Any]):
    """Totals, streak, and twelve weeks and months."""

    statistics = StatisticsSerializer()
    streak = StreakSerializer()
    by_week = _BucketSerializer(many=True)
    by_month = _BucketSerializer(many=True)
    by_kind = _KindSumSerializer(many=True)


class _DaySerializer(serializers.Serializer[Any]):
    date = serializers.DateField()
    seconds = serializers.IntegerField()
    sessions = serializers.IntegerField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "One day", value={"days": [{"date": "2026-11-20", "seconds": 600, "sessions": 2}]}
        )
    ]
)
class CalendarSerializer(serializers.Serializer[Any]):
    """The days on which one practised."""

    days = _DaySerializer(many=True)
