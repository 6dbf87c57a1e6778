"""What the page of shadowing sends."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from practice.models import LONGEST_SESSION, PracticeSession

MOST_PHRASES = 100
LONGEST_PHRASE = 60.0  # seconds


class _PhraseSerializer(serializers.Serializer[Any]):
    number = serializers.IntegerField(min_value=1, max_value=MOST_PHRASES)
    model_seconds = serializers.FloatField(
        min_value=0, max_value=LONGEST_PHRASE, allow_null=True, default=None
    )
    own_seconds = serializers.FloatField(min_value=0, max_value=LONGEST_PHRASE)


class PhrasesSerializer(serializers.Serializer[Any]):
    """How the practice ended, which phrases were said, and how long each took."""

    done = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MOST_PHRASES), max_length=MOST_PHRASES
    )
    duration_seconds = serializers.IntegerField(min_value=0, max_value=LONGEST_SESSION)
    completion_status = serializers.ChoiceField(choices=PracticeSession.Status.choices)
    phrases = _PhraseSerializer(many=True, max_length=MOST_PHRASES)


def said_in(data: Any) -> dict[str, Any]:
    """What `said` holds, JSON in a form or an object. Raises serializers.ValidationError."""
    said = data.get("said") if hasattr(data, "get") else None
    if isinstance(said, str):
        try:
            said = json.loads(said)
        except ValueError as error:
            raise serializers.ValidationError({"said": [_("Send JSON.")]}, "invalid") from error
    sent = PhrasesSerializer(data=said)
    sent.is_valid(raise_exception=True)
    valid: dict[str, Any] = sent.validated_data
    return valid
