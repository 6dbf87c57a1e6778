"""Moments in addresses: a day of the current zone, or an instant, and where it begins and ends."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

FIRST_YEAR, LAST_YEAR = 1900, 2200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_LATEST = datetime(9000, 1, 1, tzinfo=UTC)


class MomentFormField(forms.CharField):
    """A moment (ISO 8601), or a whole day of the current zone."""

    default_error_messages = {  # noqa: RUF012 - Django's own form
        "invalid": _("Send a day (2026-11-30) or a moment (2026-11-30T12:00:00Z).")
    }

    def clean(self, value: Any) -> date | datetime | None:
        """The day or moment; None where nothing was sent."""
        text = super().clean(value)
        if not text:
            return None
        try:
            found = parse_date(text) if _DAY.fullmatch(text) else _moment(text)
        except (ValueError, OverflowError):
            found = None
        if found is None:
            raise ValidationError(self.error_messages["invalid"], "invalid")
        # A client's least and greatest moments mean no limit; no zone may lead out of the calendar.
        year = min(max(found.year, FIRST_YEAR), LAST_YEAR)
        return found if year == found.year else found.replace(year=year, month=1, day=1)


def _moment(text: str) -> datetime | None:
    # An unescaped + of a zone arrives as a space.
    moment = parse_datetime(text.replace(" ", "+") if "T" in text else text)
    if moment is not None and timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return None if moment is None else moment.astimezone(UTC)


@extend_schema_field({"type": "string", "description": "A day, or a moment (ISO 8601)."})
class MomentFilter(filters.Filter):
    """A filter by a day or a moment."""

    field_class = MomentFormField


def start_of(moment: datetime | date) -> datetime:
    """`moment` itself, or midnight in the current zone where it is a whole day.

    Years that no zone can be reckoned in (1, 9999) are moved to the nearest one that matters.
    """
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), tzinfo=timezone.get_current_timezone())
    return min(max(moment, _EARLIEST), _LATEST)


def end_of(moment: datetime | date) -> datetime:
    """The first moment after `moment`, or after the whole day that it is in the current zone."""
    if isinstance(moment, datetime):
        return start_of(moment) + timedelta(microseconds=1)
    return start_of(min(moment, _LATEST.date()) + timedelta(days=1))
