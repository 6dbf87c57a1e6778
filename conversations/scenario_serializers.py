"""Situations to talk in, as the API takes and gives them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from accounts.models import LearningProfile
from contract.choices import one_of
from conversations import services
from conversations.models import CustomScenario
from conversations.situations import OWN, base_of, is_playable, is_scripted
from partner.scenarios import Scenario, script_languages

MOST_CHECKS = 6
OWN_SCENARIO = {
    "id": 3,
    "slug": "custom-3",
    "title": "The lost parcel",
    "goal": "Find out where the parcel is, and have it brought again.",
    "partner_name": "Sam",
    "partner_role": "a clerk at the counter of the post office",
    "level": "B1",
    "conversation_type": "conversation",
    "opening": "Next, please. What can I do for you?",
    "checks": ["You said what the parcel looks like.", "You agreed on a day."],
    "created_at": "2026-11-21T09:30:00Z",
    "updated_at": "2026-11-21T09:30:00Z",
}
SCENARIO = {
    "slug": "ordering-food",
    "title": "Ordering food",
    "goal": "Order a meal and a drink, and ask for the bill.",
    "level": "A1",
    "category": "eating-out",
    "partner_name": "Marta",
    "partner_role": "a waiter in a small restaurant",
    "words": [{"word": "the bill", "meaning": "what you pay at the end"}],
    "conversation_type": "conversation",
    "checks": ["You ordered a main course."],
    "script_languages": ["en", "es"],
    "needs_language_model": False,
    "playable": True,
}


class WordMeaningSerializer(serializers.Serializer[Any]):
    """A word, explained in its own language."""

    word = serializers.CharField()
    meaning = serializers.CharField(allow_blank=True)


class SituationSerializer(serializers.Serializer[Any]):
    """What a talk is about."""

    slug = serializers.CharField()
    title = serializers.CharField()
    goal = serializers.CharField()
    level = serializers.CharField()
    category = serializers.CharField()
    partner_name = serializers.CharField(allow_blank=True)
    partner_role = serializers.CharField()
    words = WordMeaningSerializer(many=True, help_text="Useful ones, in the talk's language.")


@extend_schema_serializer(examples=[OpenApiExample("One", value=SCENARIO, response_only=True)])
class ScenarioSerializer(SituationSerializer):
    """A situation of the catalogue."""

    conversation_type = serializers.CharField()
    checks = serializers.ListField(child=serializers.CharField(), help_text="What to get done.")
    script_languages = serializers.ListField(
        child=serializers.CharField(), help_text="In which it needs no language model."
    )
    needs_language_model = serializers.BooleanField(
        help_text="In the `language` asked for; without one: in every language."
    )
    playable = serializers.BooleanField(help_text="Whether it can be started here and now.")


class PersonaSerializer(serializers.Serializer[Any]):
    """How the partner is."""

    slug = serializers.CharField()
    name = serializers.CharField()
    description = serializers.CharField()
    patience_factor = serializers.FloatField()
    pushback = serializers.IntegerField(help_text="0 agrees, 1 objects now and then, 2 often.")
    speed = serializers.FloatField()
    manner = serializers.CharField()


class ScenarioQuerySerializer(serializers.Serializer[Any]):
    """What the catalogue can be asked for."""

    language = serializers.CharField(
        required=False, max_length=35, help_text="Only those that can be played in it, here."
    )
    level = serializers.ChoiceField(
        choices=LearningProfile.Level.choices,
        required=False,
        error_messages=one_of(LearningProfile.Level.values),
    )
    category = serializers.CharField(required=False, max_length=50)
    q = serializers.CharField(required=False, max_length=100, help_text="Words of title and goal.")
    scripted = serializers.BooleanField(
        required=False,
        allow_null=True,
        default=None,
        help_text="true: only those that need no language model; false: only those that do.",
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample("One's own", value=OWN_SCENARIO, response_only=True),
        OpenApiExample(
            "To make",
            value={
                name: value
                for name, value in OWN_SCENARIO.items()
                if name not in {"id", "slug", "created_at", "updated_at"}
            },
            request_only=True,
        ),
    ]
)
class CustomScenarioSerializer(serializers.ModelSerializer[CustomScenario]):
    """A situation of one's own. It needs a language model."""

    slug = serializers.SerializerMethodField()
    checks = serializers.ListField(
        child=serializers.CharField(max_length=120),
        required=False,
        max_length=MOST_CHECKS,
        error_messages={"max_length": _("Six things to get done are enough.")},
        help_text="Things to get done, a sentence each.",
    )

    class Meta:
        model = CustomScenario
        fields = tuple(OWN_SCENARIO)
        read_only_fields = ("id", "created_at", "updated_at")

    def get_slug(self, scenario: CustomScenario) -> str:
        """What to start a talk with."""
        return f"{OWN}{scenario.pk}"

    def create(self, validated_data: dict[str, Any]) -> CustomScenario:
        """A new one of who asks."""
        return services.save_scenario(self.context["request"].user, None, validated_data)

    def update(self, instance: CustomScenario, validated_data: dict[str, Any]) -> CustomScenario:
        """The situation, changed."""
        return services.save_scenario(instance.user, instance, validated_data)


def situation_state(situation: Scenario, language: str) -> dict[str, Any]:
    """A situation, with the useful words of `language`, where there are any."""
    return {
        "slug": situation.slug,
        "title": situation.title,
        "goal": situation.goal,
        "level": situation.level,
        "category": situation.category,
        "partner_name": situation.partner_name,
        "partner_role": situation.partner_role,
        "words": [
            {"word": each.word, "meaning": each.meaning}
            for each in situation.words.get(base_of(language), ())
        ],
    }


def scenario_state(situation: Scenario, language: str) -> dict[str, Any]:
    """A situation of the catalogue, and who can play it."""
    return situation_state(situation, language or "en") | {
        "conversation_type": situation.conversation_type,
        "checks": [check.text for check in situation.checks],
        "script_languages": list(script_languages(situation.slug)),
        "needs_language_model": not is_scripted(situation, language),
        "playable": is_playable(situation, language)
        if language
        else is_playable(situation, "") or is_scripted(situation, ""),
    }
