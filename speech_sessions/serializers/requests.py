"""What calls other than creating and changing a session take in, and what becomes of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from contract.choices import one_of
from contract.ids import MAX_ID
from speech_sessions.serializers.fields import FiniteField

LONGEST_CLIP_SECONDS = 60
ACTIONS = ("archive", "restore", "delete", "tag")


@extend_schema_serializer(
    examples=[
        OpenApiExample("Archive two", value={"ids": [7, 9], "action": "archive"}),
        OpenApiExample("Tag one", value={"ids": [7], "action": "tag", "tag": "work"}),
    ]
)
class BulkSerializer(serializers.Serializer[Any]):
    """One action on several sessions."""

    ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MAX_ID),
        min_length=1,
        max_length=500,
    )
    action = serializers.ChoiceField(choices=ACTIONS, error_messages=one_of(ACTIONS))
    tag = serializers.CharField(required=False, allow_blank=True, default="", max_length=50)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The action `tag` needs one."""
        if attrs["action"] == "tag" and not attrs["tag"]:
            sentence = _("Send the tag to put on these sessions.")
            raise serializers.ValidationError({"tag": [sentence]}, "required")
        return attrs


class BulkResultSerializer(serializers.Serializer[Any]):
    """What became of one session."""

    id = serializers.IntegerField()
    ok = serializers.BooleanField()
    error = serializers.CharField(required=False, help_text="Only where ok is false.")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "One of two",
            value={
                "results": [
                    {"id": 7, "ok": True},
                    {"id": 9, "ok": False, "error": "There is no such session."},
                ]
            },
        )
    ]
)
class BulkResultsSerializer(serializers.Serializer[Any]):
    """What became of each session, in the order of the ids."""

    results = BulkResultSerializer(many=True)


class ClipQuerySerializer(serializers.Serializer[Any]):
    """Which moment of a recording, and in which form."""

    start = FiniteField(min_value=0, help_text="Seconds from the start of the recording.")
    end = FiniteField(min_value=0, help_text="At most 60 s after `start`.")
    format = serializers.ChoiceField(
        choices=["wav", "mp3"], default="wav", error_messages=one_of(["wav", "mp3"])
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A clip has a length, and not too much of it."""
        length = attrs["end"] - attrs["start"]
        if length <= 0:
            raise serializers.ValidationError({"end": [_("end must lie after start.")]}, "invalid")
        if length > LONGEST_CLIP_SECONDS:
            sentence = _("A clip lasts 60 seconds at most.")
            raise serializers.ValidationError({"end": [sentence]}, "max_value")
        return attrs
