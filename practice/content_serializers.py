"""What there is to practise, as the API takes and gives it: sequences of steps, and questions."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from contract.fields import SparseFieldsMixin
from contract.tombstones import TombstoneMixin
from practice.fields import IN_UTC
from practice.models import LONGEST_SESSION, Question, Sequence, Step
from practice.services import FASTEST, MOST_STEPS, SLOWEST, SequenceSteps


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
