"""Learning profiles, as the API shows and takes them."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from accounts.languages import LONGEST
from accounts.models import LearningProfile
from accounts.services import profiles
from contract.choices import one_of

EXAMPLE = {
    "id": 3,
    "user": 7,
    "target_language": "Spanish",
    "target_language_code": "es",
    "native_language": "English",
    "cefr_level": "B1",
    "goals": "Hold a meeting without notes.",
    "weekly_minutes": 90,
    "created_at": "2026-11-02T09:12:00Z",
    "updated_at": "2026-11-02T09:12:00Z",
}


@extend_schema_serializer(
    examples=[OpenApiExample("Learning Spanish", value=EXAMPLE, response_only=True)]
)
class LearningProfileSerializer(serializers.ModelSerializer[LearningProfile]):
    """One person's learning of one language."""

    target_language = serializers.CharField(
        max_length=LONGEST, help_text="A name or a BCP 47 code; comes back as it was sent."
    )
    target_language_code = serializers.CharField(
        read_only=True, help_text="Its BCP 47 code; an unknown name in lower case."
    )
    native_language = serializers.CharField(
        max_length=LONGEST, required=False, allow_blank=True, help_text="As it was sent."
    )
    cefr_level = serializers.ChoiceField(
        choices=LearningProfile.Level.choices,
        required=False,
        error_messages=one_of(LearningProfile.Level.values),
    )

    class Meta:
        model = LearningProfile
        fields = (
            "id",
            "user",
            "target_language",
            "target_language_code",
            "native_language",
            "cefr_level",
            "goals",
            "weekly_minutes",
            "created_at",
            "updated_at",
        )
        read_only_fields = ("id", "user", "created_at", "updated_at")

    def create(self, validated_data: dict[str, Any]) -> LearningProfile:
        """A new profile of who asks; raises LanguageTaken."""
        return profiles.add_learning_profile(self.context["request"].user, validated_data)

    def update(self, instance: LearningProfile, validated_data: dict[str, Any]) -> LearningProfile:
        """The profile, changed; raises LanguageTaken."""
        return profiles.change_learning_profile(instance, validated_data)
