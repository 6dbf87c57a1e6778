"""Talks, as the API takes and gives them."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from contract.fields import SparseFieldsMixin
from contract.tombstones import TombstoneMixin
from practice.models import LONGEST_SESSION, Step, Talk
from practice.services import Section
from speech_sessions.models import LONGEST_SCRIPT
from speech_sessions.serializers.fields import MomentField

MOST_SECTIONS = 100


class SectionSerializer(serializers.ModelSerializer[Step]):
    """One section: its heading, and the time it may take."""

    class Meta:
        model = Step
        fields = ("title", "seconds")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Two sections",
            value={
                "id": 31,
                "title": "Why we moved to trams",
                "language": "en",
                "script": "Ten years ago this street was loud.\n\nToday you can hear the birds.",
                "sections": [
                    {"title": "The street then", "seconds": 60},
                    {"title": "The street now", "seconds": 90},
                ],
                "total_seconds": 150,
                "updated_at": "2026-11-20T17:00:00Z",
            },
        )
    ]
)
class TalkSerializer(SparseFieldsMixin, TombstoneMixin, serializers.ModelSerializer[Talk]):
    """A talk of one's own; its `id` is that of its sequence, to start a session with."""

    id = serializers.IntegerField(source="pk", read_only=True)
    title = serializers.CharField(source="sequence.title", max_length=120)
    language = serializers.RegexField(
        r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z",
        source="sequence.language",
        max_length=35,
        required=False,
        default="en",
        help_text="BCP 47, `en` unless sent.",
    )
    script = serializers.CharField(
        max_length=LONGEST_SCRIPT, required=False, allow_blank=True, default=""
    )
    sections = SectionSerializer(
        source="sequence.steps",
        many=True,
        required=False,
        default=list,
        max_length=MOST_SECTIONS,
        help_text="In order. Without any the script is one section, planned at 140 words a minute.",
    )
    total_seconds = serializers.IntegerField(source="sequence.total_seconds", read_only=True)
    updated_at = MomentField(source="sequence.updated_at", read_only=True)

    class Meta:
        model = Talk
        fields: ClassVar[tuple[str, ...]] = (
            "id",
            "title",
            "language",
            "script",
            "sections",
            "total_seconds",
            "updated_at",
        )

    def validate_sections(self, sections: list[Section]) -> list[Section]:
        """All of them together within the longest session."""
        if sum(section["seconds"] for section in sections) > LONGEST_SESSION:
            raise serializers.ValidationError(
                _("All sections together may take four hours at most."), "max_value"
            )
        return sections

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A talk has a script, sections, or both."""
        if not attrs["script"] and not attrs["sequence"]["steps"]:
            raise serializers.ValidationError(
                {"script": [_("Write a script, sections, or both.")]}, "required"
            )
        return attrs
