"""What practice came to, as the API gives it."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

STATISTICS = {
    "total_sessions": 12,
    "total_practice_time_seconds": 5400,
    "average_duration_seconds": 450,
    "completion_rate_percent": 85.7,
}


@extend_schema_serializer(examples=[OpenApiExample("Twelve sessions", value=STATISTICS)])
class StatisticsSerializer(serializers.Serializer[Any]):
    """Number, time and mean over completed sessions; how many of the started they are."""

    total_sessions = serializers.IntegerField()
    total_practice_time_seconds = serializers.IntegerField()
    average_duration_seconds = serializers.FloatField()
    completion_rate_percent = serializers.FloatField()


class _BucketSerializer(serializers.Serializer[Any]):
    bucket = serializers.DateField(help_text="The first day.")
    seconds = serializers.IntegerField()
    sessions = serializers.IntegerField()


class _KindSumSerializer(serializers.Serializer[Any]):
    kind = serializers.CharField()
    seconds = serializers.IntegerField()
    sessions = serializers.IntegerField()


class StreakSerializer(serializers.Serializer[Any]):
    """Days in a row, in the learner's own days."""

    current = serializers.IntegerField()
    best = serializers.IntegerField()
    practised_today = serializers.BooleanField()
    freeze_used = serializers.BooleanField(help_text="A freeze bridges a missed day of it.")
    at_risk = serializers.BooleanField(help_text="It ends with today unless one practises.")
    freeze_left = serializers.BooleanField(help_text="The next missed day would be bridged.")


class OverviewSerializer(serializers.Serializer[Any]):
    """Totals, streak, and twelve weeks and months."""

    statistics = StatisticsSerializer()
    streak = StreakSerializer()
    by_week = _BucketSerializer(many=True)
    by_month = _BucketSerializer(many=True)
    by_kind = _KindSumSerializer(many=True)


class _DaySerializer(serializers.Serializer[Any]):
    date = serializers.DateField()
    seconds = serializers.IntegerField()
    sessions = serializers.IntegerField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "One day", value={"days": [{"date": "2026-11-20", "seconds": 600, "sessions": 2}]}
        )
    ]
)
class CalendarSerializer(serializers.Serializer[Any]):
    """The days on which one practised."""

    days = _DaySerializer(many=True)
