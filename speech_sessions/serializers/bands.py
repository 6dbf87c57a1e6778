"""One's own ranges over HTTP."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from analysis.bands import banded
from contract.choices import one_of
from speech_sessions.models import SpeechSession
from speech_sessions.serializers.fields import FiniteField

KINDS = ("any", *SpeechSession.Kind.values)


class OwnBandSerializer(serializers.Serializer[Any]):
    """A range in the measure's own unit; an end that is null is open."""

    measure = serializers.ChoiceField(choices=banded(), error_messages=one_of(banded()))
    kind = serializers.ChoiceField(choices=KINDS, default="any", error_messages=one_of(KINDS))
    low = FiniteField(allow_null=True, default=None)
    high = FiniteField(allow_null=True, default=None)


class UsualBandSerializer(serializers.Serializer[Any]):
    """The range that reports use unless one sets another."""

    measure = serializers.CharField()
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    source = serializers.CharField(help_text="Where it comes from.")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A slower pace in talks",
            value={"bands": [{"measure": "speech_rate", "kind": "talk", "low": 110, "high": 150}]},
            request_only=True,
        ),
        OpenApiExample(
            "Own and usual",
            value={
                "bands": [{"measure": "speech_rate", "kind": "talk", "low": 110, "high": 150}],
                "usual": [
                    {
                        "measure": "speech_rate",
                        "low": 120,
                        "high": 165,
                        "source": "Our estimate for talks; TED talks average 163 words a minute",
                    }
                ],
            },
            response_only=True,
        ),
    ]
)
class OwnBandsSerializer(serializers.Serializer[Any]):
    """Every range that one set, and the usual ones."""

    bands = serializers.ListField(child=OwnBandSerializer(), max_length=200)
    usual = UsualBandSerializer(many=True, read_only=True)
