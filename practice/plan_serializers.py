"""Goal and reminders, as the API takes and gives them."""

import re
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from practice.goal import Week
from practice.models import PracticePlan, Reminder
from practice.models.plans import MOST_WEEKLY_MINUTES
from speech_sessions.serializers.fields import MomentField

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_WEEK = {"first": "2026-11-16", "last": "2026-11-22", "seconds": 1080, "is_reached": False}


class _WeekSerializer(serializers.Serializer[Any]):
    first = serializers.DateField()
    last = serializers.DateField()
    seconds = serializers.IntegerField(help_text="Practised in it.")
    is_reached = serializers.BooleanField(help_text="Whether the goal is.")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A goal of one's own",
            value={
                "weekly_minutes": 25,
                "source": "own",
                "day_minutes": 4,
                "week_begins": 1,
                "week": _WEEK,
            },
            response_only=True,
        )
    ]
)
class GoalSerializer(serializers.Serializer[Any]):
    """The goal, and how far the present week is."""

    weekly_minutes = serializers.IntegerField(source="goal.weekly_minutes")
    source = serializers.ChoiceField(
        source="goal.source",
        choices=("own", "languages", "suggested"),
        help_text="`languages`: what the learning profiles ask for together.",
    )
    day_minutes = serializers.IntegerField(
        source="goal.day_minutes", help_text="A day's share: a seventh, in whole minutes."
    )
    week_begins = serializers.IntegerField(
        source="goal.week_begins", help_text="A weekday, 1 is Monday."
    )
    week = serializers.SerializerMethodField()

    @extend_schema_field(_WeekSerializer)
    def get_week(self, week: Week) -> dict[str, Any]:
        """The present week."""
        return dict(_WeekSerializer(week).data)


@extend_schema_serializer(
    examples=[
        OpenApiExample("Twenty-five minutes", value={"weekly_minutes": 25}),
        OpenApiExample("Back to what is usual", value={"weekly_minutes": None}),
    ]
)
class GoalChangesSerializer(serializers.Serializer[Any]):
    """What of the goal changes; null goes back to what is usual."""

    weekly_minutes = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=MOST_WEEKLY_MINUTES
    )
    week_begins = serializers.ChoiceField(
        required=False,
        allow_null=True,
        choices=PracticePlan.WeekBegins.choices,
        help_text="A weekday, 1 is Monday.",
    )


@extend_schema_field({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"})
class _ClockField(serializers.TimeField):
    """A time of day in hours and minutes; a zone or seconds have no place in it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%H:%M", input_formats=["%H:%M"], **options)

    def to_internal_value(self, value: Any) -> Any:
        """The time. Raises ValidationError for what is not written like `18:00`."""
        if not isinstance(value, str) or not _CLOCK.fullmatch(value):
            self.fail("invalid", format="hh:mm")
        return super().to_internal_value(value)


class _WeekdaysField(serializers.ListField):
    """Weekdays as numbers; they are stored as digits."""

    child = serializers.IntegerField(min_value=1, max_value=7)

    def to_representation(self, data: Any) -> list[int]:
        """`"135"` is `[1, 3, 5]`."""
        return [int(digit) for digit in data]


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "On workdays",
            value={"id": 3, "at": "18:00", "weekdays": [1, 2, 3, 4, 5], "by_mail": True},
        )
    ]
)
class ReminderSerializer(serializers.ModelSerializer[Reminder]):
    """A local time on some weekdays."""

    at = _ClockField(help_text="In the zone of the profile, such as `18:00`.")
    weekdays = _WeekdaysField(min_length=1, max_length=7, help_text="1 is Monday, 7 is Sunday.")
    by_mail = serializers.BooleanField(
        required=False, default=True, help_text="Else it stands in the calendar only."
    )
    due_at = MomentField(
        read_only=True, allow_null=True, help_text="The next mail; null without mails."
    )

    class Meta:
        model = Reminder
        fields: ClassVar[tuple[str, ...]] = ("id", "at", "weekdays", "by_mail", "due_at")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Its address", value={"url": "https://coach.example.org/practice/calendar/k3Yt9.ics"}
        )
    ]
)
class CalendarAddressSerializer(serializers.Serializer[Any]):
    """Where a calendar program follows the reminders; whoever knows it reads them."""

    url = serializers.URLField()
