"""Fields that several calls of practice take."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db.models import DateTimeField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from contract.choices import one_of
from practice.models import LONGEST_SESSION, PracticeSession
from speech_sessions.serializers.fields import MomentField

# Times are told in UTC, whatever the zone of the person's days.
IN_UTC = serializers.ModelSerializer.serializer_field_mapping | {DateTimeField: MomentField}
# How long a device may have been offline before it reports.
LONGEST_OFFLINE = timedelta(days=30)
# A clock may be so much ahead of ours.
CLOCK_AHEAD = timedelta(minutes=1)


def seconds_field(**options: Any) -> serializers.IntegerField:
    """Seconds of practice."""
    return serializers.IntegerField(min_value=0, max_value=LONGEST_SESSION, **options)


class RecordedSecondsField(serializers.FloatField):
    """A moment of a recording, in seconds from its beginning."""

    def __init__(self, **options: Any) -> None:
        limits = {"min_value": 0, "max_value": LONGEST_SESSION}
        super().__init__(required=False, allow_null=True, default=None, **limits, **options)

    def to_internal_value(self, data: Any) -> float:
        """A number; "nan" is none."""
        seconds = super().to_internal_value(data)
        if seconds != seconds:
            self.fail("invalid")
        return seconds


class StatusField(serializers.ChoiceField):
    """How a session ended."""

    def __init__(self, **options: Any) -> None:
        choices = PracticeSession.Status.choices
        messages = one_of(PracticeSession.Status.values)
        super().__init__(choices=choices, error_messages=messages, **options)


class AtField(MomentField):
    """When something happened by a client's clock: within thirty days until now.

    A `shift` in the context makes up for a clock that goes wrong.
    """

    default_error_messages: ClassVar = {
        "too_old": _("This is more than 30 days ago."),
        "in_the_future": _("This lies in the future."),
    }

    def __init__(self, **options: Any) -> None:
        given = {
            "required": False,
            "allow_null": True,
            "default": None,
            "help_text": "When it happened, at most 30 days ago; now if left out.",
        }
        super().__init__(**given | options)

    def to_internal_value(self, value: Any) -> datetime:
        """The moment by our clock."""
        shift: timedelta = self.context.get("shift", timedelta())
        moment, now = super().to_internal_value(value) + shift, timezone.now()
        if moment > now + CLOCK_AHEAD:
            self.fail("in_the_future")
        if moment < now - LONGEST_OFFLINE:
            self.fail("too_old")
        return min(moment, now)
