"""What the API answers of statistics and of imports."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from flashcards.models import Card

STATISTICS = {
    "total": 120,
    "mastered": 41,
    "due": 12,
    "by_state": {"new": 20, "learning": 3, "review": 95, "relearning": 2},
    "retention": {"days": 30, "asked": 210, "remembered": 193, "share": 0.919},
    "reviews": [{"date": "2026-11-21", "reviews": 14, "again": 1}],
    "forecast": [{"date": "2026-11-21", "due": 12}],
}
IMPORTED = {
    "form": "csv",
    "added": 48,
    "known": 2,
    "refused": 1,
    "errors": [{"line": 17, "detail": "The word is missing."}],
}


class _StatesSerializer(serializers.Serializer[Any]):
    def get_fields(self) -> dict[str, Any]:
        return {state: serializers.IntegerField() for state in Card.State.values}


class _RetentionSerializer(serializers.Serializer[Any]):
    days = serializers.IntegerField()
    asked = serializers.IntegerField(help_text="How often a learned word came.")
    remembered = serializers.IntegerField()
    share = serializers.FloatField(allow_null=True, help_text="0 to 1; null while none came.")


class _ReviewsOfDaySerializer(serializers.Serializer[Any]):
    date = serializers.DateField()
    reviews = serializers.IntegerField()
    again = serializers.IntegerField()


class _DueOfDaySerializer(serializers.Serializer[Any]):
    date = serializers.DateField()
    due = serializers.IntegerField()


@extend_schema_serializer(
    examples=[OpenApiExample("Statistics", value=STATISTICS, response_only=True)]
)
class VocabularyStatisticsSerializer(serializers.Serializer[Any]):
    """What was learned."""

    total = serializers.IntegerField()
    mastered = serializers.IntegerField(help_text="Remembered with 90 % for three weeks or more.")
    due = serializers.IntegerField(help_text="Now, by the limits of the day.")
    by_state = _StatesSerializer()
    retention = _RetentionSerializer()
    reviews = _ReviewsOfDaySerializer(many=True, help_text="The last 30 days.")
    forecast = _DueOfDaySerializer(many=True, help_text="Words begun, by day, for 14 days.")


class VocabularyImportSerializer(serializers.Serializer[Any]):
    """A file of words."""

    file = serializers.FileField(
        help_text="CSV (UTF-8), Anki's notes in plain text, or an .apkg of the older form; 10 MB."
    )
    language = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=35,
        help_text="For rows that name none.",
    )


class _RowErrorSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    detail = serializers.CharField()


@extend_schema_serializer(examples=[OpenApiExample("Imported", value=IMPORTED, response_only=True)])
class VocabularyImportedSerializer(serializers.Serializer[Any]):
    """What became of a file."""

    form = serializers.ChoiceField(choices=["csv", "anki_text", "anki_package"])
    added = serializers.IntegerField()
    known = serializers.IntegerField(help_text="Words there were already: they stay as they are.")
    refused = serializers.IntegerField(help_text="Rows that are no words.")
    errors = _RowErrorSerializer(many=True, help_text="The first hundred of them.")  # type: ignore[assignment]
