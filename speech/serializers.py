"""What the calls of speech take and answer."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.languages import LONGEST, code_of
from contract.choices import one_of
from speech.encoding import FORMATS

LONGEST_TEXT = 1500


class LanguageField(serializers.CharField):
    """A language by its name or BCP 47 code; the code is what is kept."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST, required=False, allow_blank=True, **options)

    def to_internal_value(self, data: Any) -> str:
        """`Spanish`, `español` and `es` are `es`."""
        written = super().to_internal_value(data)
        return code_of(written) if written else ""


class TranscribeSerializer(serializers.Serializer[Any]):
    """A recording."""

    audio = serializers.FileField(allow_empty_file=True, help_text="Any format that is decoded.")
    language = LanguageField(help_text="By name or BCP 47 code; left out: found out.")


class HeardWordSerializer(serializers.Serializer[Any]):
    """A word with its times."""

    text = serializers.CharField()
    start = serializers.FloatField(help_text="Seconds from the start.")
    end = serializers.FloatField()
    confidence = serializers.FloatField(allow_null=True, help_text="0-1, where one is given.")


class ServiceSerializer(serializers.Serializer[Any]):
    """Who hears, answers or speaks."""

    name = serializers.CharField()
    leaves_machine = serializers.BooleanField(help_text="What it is given goes to another machine.")


class HeardSerializer(serializers.Serializer[Any]):
    """What was said."""

    text = serializers.CharField(help_text="Empty where nobody speaks.")
    language = serializers.CharField(help_text="Code of the language it was written down in.")
    duration_seconds = serializers.FloatField()
    words = HeardWordSerializer(many=True, help_text="Empty where the service gives no times.")
    service = ServiceSerializer(allow_null=True, help_text="Null where nobody had to be asked.")


class SynthesizeSerializer(serializers.Serializer[Any]):
    """A text to be spoken."""

    text = serializers.CharField(max_length=LONGEST_TEXT)
    voice = serializers.CharField(
        max_length=200, required=False, allow_blank=True, help_text="One of `speech/voices`."
    )
    language = LanguageField(help_text="By name or code; left out: the voice's, else English.")
    speed = serializers.FloatField(
        min_value=0.5, max_value=2.0, required=False, default=1.0, help_text="1: as it speaks."
    )
    format = serializers.ChoiceField(
        choices=FORMATS, required=False, default="wav", error_messages=one_of(FORMATS)
    )

    def validate_text(self, text: str) -> str:
        """Something in it can be spoken."""
        if not any(letter.isalnum() for letter in text):
            raise serializers.ValidationError(_("There is nothing to say in it."), "nothing_to_say")
        return text


class VoiceSerializer(serializers.Serializer[Any]):
    """One voice."""

    id = serializers.CharField()
    name = serializers.CharField()
    language = serializers.CharField(help_text="BCP 47; `mul` where it speaks many languages.")
    provider = serializers.CharField()


class VoicesQuerySerializer(serializers.Serializer[Any]):
    """Which voices."""

    language = LanguageField(help_text="Those that know it.")
