"""What the API's lists and analytics can be asked for, and how it is written in an address."""

import re
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema_field

from contract.choices import one_of
from speech_sessions import selectors
from speech_sessions.models import SpeechSession
from speech_sessions.selectors.sessions import start_of

ORDERINGS = [f"{sign}{name}" for name in selectors.ORDERINGS for sign in ("", "-")]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2200
BUCKETS = ("day", "week", "month")


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


def _choices(name: str, values: list[str] | tuple[str, ...], help_text: str) -> Any:
    return filters.ChoiceFilter(
        field_name=name,
        choices=[(value, value) for value in values],
        error_messages=one_of(values),
        help_text=help_text,
    )


class SessionFilters(filters.FilterSet):
    """Filters, search and order of a list of sessions."""

    status = _choices("status", SpeechSession.Status.values, "pending, analyzed or archived.")
    kind = _choices("kind", SpeechSession.Kind.values, "What kind of speech.")
    language = filters.CharFilter(max_length=35, help_text="`en` also finds `en-GB`.")
    date_after = MomentFilter(help_text="Spoken at or after; a day counts whole.")
    date_before = MomentFilter(help_text="Spoken at or before; a day counts whole.")
    search = filters.CharFilter(
        max_length=1000, help_text="Words of title, transcript and tags; the last may be begun."
    )
    updated_after = MomentFilter(
        help_text="Changed after; deleted sessions come as `{id, deleted_at}`, after the others."
    )
    ordering = _choices("ordering", ORDERINGS, "`-` for descending; `-date` unless asked.")

    class Meta:
        model = SpeechSession
        fields = ()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None and "-" in data.get("kind", ""):
            data = data.copy()
            data["kind"] = data["kind"].replace("-", "_")
        super().__init__(data, *args, **kwargs)

    def filter_queryset(self, queryset: QuerySet[SpeechSession]) -> QuerySet[SpeechSession]:
        """Those of `queryset` that fit, in the order asked for."""
        asked = self.form.cleaned_data
        found = selectors.filter_sessions(
            queryset,
            **{name: value for name, value in asked.items() if value and name in _CRITERIA},
            updated_after=self.changed_after,
        )
        if asked["ordering"]:
            return selectors.order_sessions(found, asked["ordering"])
        return found

    @property
    def changed_after(self) -> datetime | None:
        """The moment since which changes are asked for."""
        moment: date | datetime | None = self.form.cleaned_data["updated_after"]
        return None if moment is None else start_of(moment)


_CRITERIA = {"status", "kind", "language", "date_after", "date_before", "search"}


class AnalyticsFilters(filters.FilterSet):
    """The stretch of time and the kind of sessions that analytics look at."""

    # A keyword cannot be written as a name here.
    vars()["from"] = MomentFilter(help_text="From this day or moment on.")
    to = MomentFilter(help_text="Until and with this day or moment.")
    bucket = _choices("bucket", BUCKETS, "What `series` is cut into; `week` unless asked.")
    kind = _choices("kind", SpeechSession.Kind.values, "What kind of speech.")
    language = filters.CharFilter(max_length=35, help_text="`en` also finds `en-GB`.")

    class Meta:
        model = SpeechSession
        fields = ()


class BandsFilters(filters.FilterSet):
    """For which language and kind of speech usual ranges are asked."""

    kind = _choices("kind", SpeechSession.Kind.values, "What kind of speech.")
    language = filters.CharFilter(max_length=35, help_text="The newest session's unless given.")

    class Meta:
        model = SpeechSession
        fields = ()
