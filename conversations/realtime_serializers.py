"""What the call for a realtime secret takes and answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.languages import LONGEST, code_of
from accounts.models import LearningProfile
from contract.choices import one_of
from conversations.situations import known


class RealtimeTalkSerializer(serializers.Serializer[Any]):
    """What the talk is to be about."""

    target_language = serializers.CharField(
        max_length=LONGEST, help_text="The language to talk, by name or BCP 47 code."
    )
    level = serializers.ChoiceField(
        choices=LearningProfile.Level.choices,
        required=False,
        default=LearningProfile.Level.A1,
        error_messages=one_of(LearningProfile.Level.values),
    )
    scenario = serializers.CharField(
        max_length=100, required=False, default="", help_text="`slug` of a situation."
    )

    def validate_target_language(self, value: str) -> str:
        """Its code."""
        return code_of(value)

    def validate_scenario(self, value: str) -> str:
        """One that there is."""
        if value and known(value) is None:
            raise serializers.ValidationError(_("There is no such situation."), "no_such_scenario")
        return value


class RealtimeSecretSerializer(serializers.Serializer[Any]):
    """A secret for one talk, never the account's key."""

    value = serializers.CharField()
    expires_at = serializers.DateTimeField(help_text="Until when a talk can be begun with it.")
    model = serializers.CharField()
    calls_url = serializers.URLField(help_text="Where to send the WebRTC offer.")
