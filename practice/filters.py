"""What lists of practice can be asked for."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters

from contract.changes import ChangesFilterSet
from contract.moments import MomentFilter
from practice.models import Kind, PracticeSession, Question, Sequence

ORDERINGS = ("started_at", "duration_seconds", "updated_at")
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class _StableOrdering(filters.OrderingFilter):
    """Equals come in the order of their numbers, so that pages hold each once."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        ordered = super().filter(qs, value)
        if not value:
            return ordered
        return ordered.order_by(*ordered.query.order_by, "-id" if value[0][0] == "-" else "id")


class HistoryFilters(ChangesFilterSet):
    """Sessions by outcome, kind, day and last change."""

    status = filters.ChoiceFilter(
        field_name="completion_status", choices=PracticeSession.Status.choices
    )
    kind = filters.ChoiceFilter(choices=Kind.choices)
    date_after = filters.DateFilter(field_name="local_date", lookup_expr="gte")
    date_before = filters.DateFilter(field_name="local_date", lookup_expr="lte")
    updated_after = MomentFilter(method="changed")
    ordering = _StableOrdering(fields=[(name, name) for name in ORDERINGS])

    class Meta:
        model = PracticeSession
        fields: tuple[str, ...] = ()


class SequenceFilters(ChangesFilterSet):
    """Sequences by kind and last change."""

    kind = filters.ChoiceFilter(choices=Kind.choices)
    updated_after = MomentFilter(method="changed")

    class Meta:
        model = Sequence
        fields: tuple[str, ...] = ()


class QuestionFilters(filters.FilterSet):
    """Questions by category, level, role and competence."""

    role = filters.CharFilter(lookup_expr="iexact")
    competence = filters.CharFilter(lookup_expr="iexact")

    class Meta:
        model = Question
        fields = ("category", "level", "role", "competence")


class MonthField(forms.CharField):
    """A month such as 2026-11, as its first and last day; without one the present month."""

    def clean(self, value: Any) -> tuple[date, date]:
        """The first and the last day. Raises ValidationError for what is no month."""
        text = super().clean(value)
        if not text:
            first = timezone.localdate().replace(day=1)
        else:
            parts = _MONTH.fullmatch(text)
            try:
                first = date(int(parts[1]), int(parts[2]), 1) if parts else None
            except ValueError:
                first = None
            if first is None or first.year > 9998:
                raise ValidationError(_("Send a month such as 2026-11."), "invalid")
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


class CalendarForm(forms.Form):
    """What the calendar is asked for: a year, else a month."""

    month = MonthField(required=False)
    year = forms.IntegerField(required=False, min_value=1, max_value=9998)

    def span(self) -> tuple[date, date]:
        """The first and the last day, once the form is valid."""
        if year := self.cleaned_data["year"]:
            return date(year, 1, 1), date(year, 12, 31)
        month: tuple[date, date] = self.cleaned_data["month"]
        return month
