"""Talks with the tutor, as the API takes and gives them."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.models import LearningProfile
from contract.choices import one_of
from conversations import events, review_sentences, summing_up
from conversations.models import TutorMessage, TutorSession, VoiceConversation
from conversations.models.tutor import (
    LONGEST_CLIENT_ID,
    LONGEST_PATIENCE,
    LONGEST_TEXT,
    SHORTEST_PATIENCE,
)
from conversations.review_serializers import REVIEW, TalkReviewSerializer
from conversations.scenario_serializers import (
    SituationSerializer,
    WordMeaningSerializer,
    situation_state,
)
from conversations.services import Said, Start
from conversations.situations import situation_of
from conversations.who import services_of
from speech.serializers import ServiceSerializer
from speech_sessions.serializers.fields import FiniteField

CLIENT_ID = re.compile(r"^[A-Za-z0-9_-]{1,64}$", re.ASCII)

_OPENING = {
    "id": 40,
    "position": 0,
    "side": "tutor",
    "text": "Good evening. What can I get you?",
    "audio_url": "/api/v1/conversations/sessions/7/messages/0/audio/",
    "corrections": [],
    "hints": ["I would like …, please."],
    "new_words": [],
    "state": "answered",
    "notice": "",
    "client_id": None,
    "seconds": 2.1,
    "created_at": "2026-11-21T09:30:00.000Z",
}
_LEARNER = _OPENING | {
    "id": 41,
    "position": 1,
    "side": "learner",
    "text": "I want a soup and two bread.",
    "audio_url": None,
    "hints": [],
    "client_id": "a1",
    "seconds": 0.0,
}
_TUTOR = _OPENING | {
    "id": 42,
    "position": 2,
    "text": "A soup and two slices of bread, very well. Anything to drink?",
    "corrections": [
        {
            "said": "two bread",
            "better": "two slices of bread",
            "why": "Bread is not counted; its slices are.",
        }
    ],
    "hints": ["A water, please."],
}
SESSION = {
    "id": 7,
    "target_language": "English",
    "target_language_code": "en",
    "native_language": "Spanish",
    "level": "A1",
    "conversation_type": "conversation",
    "topic": "Ordering food",
    "scenario": {
        "slug": "ordering-food",
        "title": "Ordering food",
        "goal": "Order a meal and a drink, and ask for the bill.",
        "level": "A1",
        "category": "eating-out",
        "partner_name": "Marta",
        "partner_role": "a waiter in a small restaurant",
        "words": [{"word": "the bill", "meaning": "what you pay at the end"}],
    },
    "persona": "patient",
    "voice": "",
    "patience_seconds": 4.5,
    "state": "open",
    "started_at": "2026-11-21T09:30:00Z",
    "ended_at": None,
    "conversation": None,
    "services": {
        "hears": [{"name": "whisper base", "leaves_machine": False}],
        "answers": [{"name": "scripted partner", "leaves_machine": False}],
        "speaks": [],
    },
    "checks": [{"id": "main", "text": "You ordered a main course.", "met": False}],
    "opening": {
        "text": "Good evening. What can I get you?",
        "audio_url": "/api/v1/conversations/sessions/7/messages/0/audio/",
    },
    "review": None,
}
_OVER = SESSION | {
    "state": "ended",
    "ended_at": "2026-11-21T09:36:00Z",
    "conversation": 12,
    "review": REVIEW,
}
TURN = {"learner": _LEARNER, "tutor": _TUTOR, "notice": ""}


class ClientIdField(serializers.RegexField):
    """A name that the client gives a turn: what is sent again under it is the same turn."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            CLIENT_ID.pattern,
            **{
                "required": False,
                "allow_null": True,
                "max_length": LONGEST_CLIENT_ID,
                "error_messages": {
                    "invalid": _("Use letters, digits, - and _ only: 64 of them at most.")
                },
                "help_text": "Sent again under the same name, it is the same turn.",
                **options,
            },
        )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A talk",
            value={"target_language": "English", "scenario": "ordering-food", "level": "A1"},
            request_only=True,
        )
    ]
)
class TutorStartSerializer(serializers.Serializer[Any]):
    """What a talk is to be."""

    learning_profile_id = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text="One of one's learning profiles: its languages and its level.",
    )
    target_language = serializers.CharField(
        required=False, max_length=35, help_text="Unless a profile is named: a name or a code."
    )
    native_language = serializers.CharField(required=False, allow_blank=True, max_length=35)
    level = serializers.ChoiceField(
        choices=LearningProfile.Level.choices,
        required=False,
        error_messages=one_of(LearningProfile.Level.values),
        help_text="Else that of the profile or the situation.",
    )
    conversation_type = serializers.ChoiceField(
        choices=VoiceConversation.Type.choices,
        required=False,
        error_messages=one_of(VoiceConversation.Type.values),
    )
    topic = serializers.CharField(required=False, allow_blank=True, max_length=200)
    scenario = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=100,
        help_text="The `slug` of a situation, one's own too; without one the talk is free.",
    )
    persona = serializers.CharField(required=False, allow_blank=True, max_length=50)
    voice = serializers.CharField(required=False, allow_blank=True, max_length=100)
    patience_seconds = FiniteField(
        min_value=SHORTEST_PATIENCE,
        max_value=LONGEST_PATIENCE,
        required=False,
        allow_null=True,
        help_text="How long a thinking pause may last; by level and persona unless said.",
    )

    def wish(self) -> Start:
        """What was sent, once it is valid."""
        return Start(**self.validated_data)


class PatienceSerializer(serializers.Serializer[Any]):
    """What of a talk can be changed."""

    patience_seconds = FiniteField(min_value=SHORTEST_PATIENCE, max_value=LONGEST_PATIENCE)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A turn", value={"text": "I want a soup.", "client_id": "a1"}, request_only=True
        )
    ]
)
class TutorTextSerializer(serializers.Serializer[Any]):
    """What the learner writes."""

    text = serializers.CharField(max_length=LONGEST_TEXT)
    client_id = ClientIdField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A turn",
            value={"side": "learner", "text": "I want a soup.", "client_id": "item_1"},
            request_only=True,
        )
    ]
)
class RealtimeTurnSerializer(serializers.Serializer[Any]):
    """What one side said in a talk with a realtime model."""

    side = serializers.ChoiceField(
        choices=TutorMessage.Side.choices, error_messages=one_of(TutorMessage.Side.values)
    )
    text = serializers.CharField(max_length=LONGEST_TEXT)
    client_id = ClientIdField(required=True, allow_null=False)
    seconds = FiniteField(
        required=False,
        default=0.0,
        min_value=0,
        max_value=600,
        help_text="How long the learner spoke.",
    )

    def said(self) -> Said:
        """What was sent, once it is valid."""
        return Said(**self.validated_data)


class SoundSerializer(serializers.Serializer[Any]):
    """What comes beside a recording: a field of the form, or of the address."""

    client_id = ClientIdField()


class TurnNameSerializer(serializers.Serializer[Any]):
    """The turn that a message of the WebSocket is about."""

    client_id = ClientIdField(required=True, allow_null=False)


class SoundUploadSerializer(SoundSerializer):
    """A recording in a form."""

    audio = serializers.FileField(help_text="Any usual format: webm, ogg, mp3, m4a, wav, flac.")


class CorrectionSerializer(serializers.Serializer[Any]):
    """What was said, a better way, and why."""

    said = serializers.CharField()
    better = serializers.CharField()
    why = serializers.CharField()


@extend_schema_serializer(examples=[OpenApiExample("A turn", value=_TUTOR, response_only=True)])
class TutorMessageSerializer(serializers.Serializer[TutorMessage]):
    """What one side said. The answer of the turn at `position` stands at the next position."""

    id = serializers.IntegerField()
    position = serializers.IntegerField()
    side = serializers.ChoiceField(choices=TutorMessage.Side.choices)
    text = serializers.CharField(
        help_text="Empty while what was said is not heard yet.", allow_blank=True
    )
    audio_url = serializers.CharField(allow_null=True)
    corrections = CorrectionSerializer(many=True)
    hints = serializers.ListField(child=serializers.CharField())
    new_words = WordMeaningSerializer(many=True)
    state = serializers.ChoiceField(choices=TutorMessage.State.choices)
    notice = serializers.CharField(
        allow_blank=True, help_text="A sentence to show: somebody else answered, or nobody could."
    )
    client_id = serializers.CharField(allow_null=True)
    seconds = serializers.FloatField(help_text="How long its sound is; 0 without one.")
    created_at = serializers.DateTimeField()

    def to_representation(self, instance: TutorMessage) -> Any:
        """As the WebSocket tells it."""
        return events.message_state(instance)


@extend_schema_serializer(examples=[OpenApiExample("Answered", value=TURN, response_only=True)])
class TutorTurnSerializer(serializers.Serializer[Any]):
    """A turn and its answer; `tutor` is null while that takes longer, or where the turn failed."""

    learner = TutorMessageSerializer()
    tutor = TutorMessageSerializer(allow_null=True)
    notice = serializers.CharField(allow_blank=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample("Kept", value={"message": _LEARNER, "may_go_on": True}, response_only=True)
    ]
)
class RealtimeTurnKeptSerializer(serializers.Serializer[Any]):
    """The turn as it is kept; `may_go_on` is false once the day's talking is used up."""

    message = TutorMessageSerializer()
    may_go_on = serializers.BooleanField()


class ScenarioCheckSerializer(serializers.Serializer[Any]):
    """One thing to get done, and whether it was."""

    id = serializers.CharField()
    text = serializers.CharField()
    met = serializers.BooleanField()


class ServicesSerializer(serializers.Serializer[Any]):
    """Who takes part, in the order in which they are asked."""

    hears = ServiceSerializer(many=True)
    answers = ServiceSerializer(many=True)
    speaks = ServiceSerializer(many=True)


class TutorOpeningSerializer(serializers.Serializer[Any]):
    """The partner's first words."""

    text = serializers.CharField(allow_blank=True)
    audio_url = serializers.CharField(allow_null=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample("Open", value=SESSION, response_only=True),
        OpenApiExample("Over", value=_OVER, response_only=True),
    ]
)
class TutorSessionSerializer(serializers.ModelSerializer[TutorSession]):
    """A talk with the tutor."""

    scenario = serializers.SerializerMethodField()
    services = serializers.SerializerMethodField()
    checks = serializers.SerializerMethodField()
    opening = serializers.SerializerMethodField()
    review = serializers.SerializerMethodField()
    conversation = serializers.IntegerField(
        source="conversation_id", allow_null=True, help_text="What was stored of it, once ended."
    )

    class Meta:
        model = TutorSession
        fields = tuple(SESSION)
        read_only_fields = fields

    @extend_schema_field(SituationSerializer(allow_null=True))
    def get_scenario(self, session: TutorSession) -> dict[str, Any] | None:
        """The situation; null in a free talk."""
        situation = situation_of(session)
        return situation_state(situation, session.target_language_code) if situation else None

    @extend_schema_field(ServicesSerializer)
    def get_services(self, session: TutorSession) -> dict[str, Any]:
        """Who takes part."""
        return ServicesSerializer(services_of(session)).data

    @extend_schema_field(ScenarioCheckSerializer(many=True))
    def get_checks(self, session: TutorSession) -> list[dict[str, Any]]:
        """What is to get done."""
        return summing_up.checks(session)

    @extend_schema_field(TutorOpeningSerializer)
    def get_opening(self, session: TutorSession) -> dict[str, Any]:
        """The partner's first words."""
        opened = session.opened_with[0]  # type: ignore[attr-defined]  # prefetched
        told = events.message_state(opened)
        return {"text": told["text"], "audio_url": told["audio_url"]}

    @extend_schema_field(TalkReviewSerializer(allow_null=True))
    def get_review(self, session: TutorSession) -> dict[str, Any] | None:
        """What it came to; null while it goes on."""
        return review_sentences.review_state(session, summing_up.checks(session))
