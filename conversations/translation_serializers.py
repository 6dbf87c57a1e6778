"""What the call that translates takes and answers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.languages import LONGEST as LONGEST_LANGUAGE
from accounts.languages import code_of
from conversations.translating import LONGEST


class TranslateSerializer(serializers.Serializer[Any]):
    """A text, and from and into which language; by default into one's own."""

    text = serializers.CharField(max_length=LONGEST)
    source = serializers.CharField(
        max_length=LONGEST_LANGUAGE,
        required=False,
        help_text="Language of the text, by name or BCP 47 code; left out: found out.",
    )
    target = serializers.CharField(
        max_length=LONGEST_LANGUAGE,
        required=False,
        help_text="Left out: the native language of the profile.",
    )

    def validate_source(self, value: str) -> str:
        """Its code."""
        return code_of(value)

    def validate_target(self, value: str) -> str:
        """Its code."""
        return code_of(value)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Know into which language."""
        own = self.context["request"].user.native_language
        target = attrs.get("target") or (code_of(own) if own else "")
        if not target:
            message = _("Say into which language: your profile names no native language.")
            raise serializers.ValidationError({"target": [message]}, code="required")
        return attrs | {"target": target}


class TranslatedSerializer(serializers.Serializer[Any]):
    """The text in the other language."""

    text = serializers.CharField()
    service = serializers.CharField(help_text="Who translated it.")
    leaves_machine = serializers.BooleanField(help_text="The text went to another machine.")
