"""A conversation, as the API takes and gives it."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from contract.choices import one_of
from contract.fields import SparseFieldsMixin
from contract.tombstones import TombstoneMixin
from conversations import services
from conversations.models import MOST_MINUTES, VoiceConversation
from speech_sessions.serializers.fields import FiniteField

MOST_FEEDBACK = 64 * 1024  # characters of JSON

FEEDBACK = {
    "grammar_score": 78,
    "vocabulary_usage": "Everyday words, well chosen: “maduro” for the fruit.",
    "areas_for_improvement": ["“las manzana”: las manzanas. Article and noun agree."],
    "suggested_next_topics": ["Paying at the market"],
}
CONVERSATION = {
    "id": 12,
    "user": 7,
    "topic": "At the market",
    "transcription": "Learner: Quiero dos kilos de las manzana.",
    "native_language": "English",
    "target_language": "Spanish",
    "target_language_code": "es",
    "conversation_type": "practice",
    "duration_minutes": 6.5,
    "ai_feedback": FEEDBACK,
    "created_at": "2026-11-21T09:30:00Z",
    "updated_at": "2026-11-21T09:30:12Z",
}
SUMMARY = {
    "total_conversations": 1,
    "total_minutes": 6.5,
    "by_language": {"es": {"language": "Español", "conversations": 1, "minutes": 6.5}},
    "by_type": {"practice": {"conversations": 1, "minutes": 6.5}},
    "average_scores": {"grammar": 78.0, "pronunciation": None},
    "scores_over_time": [
        {"date": "2026-11-21", "grammar": 78.0, "pronunciation": None, "conversations": 1}
    ],
    "recent_topics": ["At the market"],
    "suggested_next_topics": ["Paying at the market"],
}


@extend_schema_field(OpenApiTypes.OBJECT)
class FeedbackField(serializers.JSONField):
    """Any object, of any keys; null and nothing are an empty one."""

    default_error_messages = {  # noqa: RUF012 - as the framework has it
        "not_an_object": _("Send an object."),
        "too_large": _("Feedback may have 64 kB at most."),
        "characters": _("It holds characters that cannot be stored."),
    }

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The object. A form may send it as text."""
        value = super().to_internal_value(_read(data))
        if not isinstance(value, Mapping):
            self.fail("not_an_object")
        text = json.dumps(value, ensure_ascii=False)
        if len(text) > MOST_FEEDBACK:
            self.fail("too_large")
        try:
            text.encode()
        except UnicodeEncodeError:
            self.fail("characters")
        if "\\u0000" in json.dumps(value):
            self.fail("characters")
        return dict(value)


def _read(data: Any) -> Any:
    if not isinstance(data, str):
        return data
    try:
        return json.loads(data) if data.strip() else {}
    except ValueError:
        return data


@extend_schema_serializer(
    examples=[
        OpenApiExample("At the market", value=CONVERSATION, response_only=True),
        OpenApiExample(
            "To store",
            value={
                name: value
                for name, value in CONVERSATION.items()
                if name not in {"id", "user", "target_language_code", "created_at", "updated_at"}
            },
            request_only=True,
        ),
    ]
)
class ConversationSerializer(
    SparseFieldsMixin, TombstoneMixin, serializers.ModelSerializer[VoiceConversation]
):
    """One talk with a spoken partner."""

    conversation_type = serializers.ChoiceField(
        choices=VoiceConversation.Type.choices,
        required=False,
        error_messages=one_of(VoiceConversation.Type.values),
        help_text="`practice` unless said.",
    )
    duration_minutes = FiniteField(
        min_value=0, max_value=MOST_MINUTES, required=False, help_text="Parts of minutes, too."
    )
    ai_feedback = FeedbackField(
        required=False,
        allow_null=True,
        help_text="Any object. Without one, an analysis fills it; what is sent stays.",
    )

    class Meta:
        model = VoiceConversation
        fields = tuple(CONVERSATION)
        read_only_fields = ("id", "user", "target_language_code", "created_at", "updated_at")
        extra_kwargs = {  # noqa: RUF012 - as the framework has it
            "target_language": {"help_text": "A name or a BCP 47 code; comes back as sent."},
            "native_language": {"help_text": "As it was sent."},
        }

    def create(self, validated_data: dict[str, Any]) -> VoiceConversation:
        """A new one of who asks."""
        return services.create(self.context["request"].user, validated_data)

    def update(
        self, instance: VoiceConversation, validated_data: dict[str, Any]
    ) -> VoiceConversation:
        """The conversation, changed."""
        return services.change(instance, validated_data)


@extend_schema_serializer(
    examples=[
        OpenApiExample("Merged", value={"ai_feedback": {"grammar_score": 81}}, request_only=True)
    ]
)
class AddFeedbackSerializer(serializers.Serializer[Any]):
    """Feedback to merge: under `ai_feedback`, or as the body itself."""

    ai_feedback = FeedbackField()

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """The object in `ai_feedback`, or the body where it has no such key."""
        if isinstance(data, Mapping) and "ai_feedback" not in data:
            data = {"ai_feedback": dict(data.items())}
        return dict(super().to_internal_value(data))


class CountSerializer(serializers.Serializer[Any]):
    """How many conversations, and how long."""

    conversations = serializers.IntegerField()
    minutes = serializers.FloatField()


class LanguageCountSerializer(CountSerializer):
    """The same, of one language."""

    language = serializers.CharField()


class ScoresSerializer(serializers.Serializer[Any]):
    """Means of scores from 0 to 100; null where nothing was scored."""

    grammar = serializers.FloatField(allow_null=True)
    pronunciation = serializers.FloatField(allow_null=True)


class ScoresOfDaySerializer(ScoresSerializer):
    """The means of one day."""

    date = serializers.DateField()
    conversations = serializers.IntegerField()


@extend_schema_serializer(examples=[OpenApiExample("Summary", value=SUMMARY, response_only=True)])
class SummarySerializer(serializers.Serializer[Any]):
    """What one's conversations come to."""

    total_conversations = serializers.IntegerField()
    total_minutes = serializers.FloatField()
    by_language = serializers.DictField(
        child=LanguageCountSerializer(), help_text="By BCP 47 code."
    )
    by_type = serializers.DictField(child=CountSerializer())
    average_scores = ScoresSerializer()
    scores_over_time = ScoresOfDaySerializer(many=True)
    recent_topics = serializers.ListField(child=serializers.CharField())
    suggested_next_topics = serializers.ListField(child=serializers.CharField())
