"""What the pages of goal, reminders and history take in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practice.goal import usual_first_weekday
from practice.models import Kind, PracticePlan, PracticeSession
from practice.models.plans import MOST_WEEKLY_MINUTES
from speech_sessions.forms import REASONABLE_DAYS, DayInput, Pill


class GoalForm(forms.Form):
    """Minutes a week, and when weeks begin."""

    weekly_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes a week"),
        min_value=1,
        max_value=MOST_WEEKLY_MINUTES,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    week_begins = forms.TypedChoiceField(
        label=gettext_lazy("Weeks begin on"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = _("%(weekday)s, as usual") % {"weekday": WEEKDAYS[usual_first_weekday() - 1]}
        self.fields["week_begins"].choices = [("", usual), *PracticePlan.WeekBegins.choices]


class ReminderForm(forms.Form):
    """A time on some weekdays."""

    at = forms.TimeField(
        label=gettext_lazy("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On"),
        coerce=int,
        choices=[(number + 1, name) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
        error_messages={"required": gettext_lazy("Choose at least one weekday.")},
    )
    by_mail = forms.BooleanField(
        label=gettext_lazy("Send me an e-mail"),
        required=False,
        help_text=gettext_lazy("Without it, the reminder stands in your calendar only."),
    )


class HistoryForm(forms.Form):
    """What the list of past practice shows; what makes no sense is left aside."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=[("", gettext_lazy("Any kind")), *Kind.choices],
        widget=Pill,
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        required=False,
        choices=[("", gettext_lazy("Any outcome")), *PracticeSession.Status.choices],
        widget=Pill,
    )
    date_after = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=DayInput, validators=REASONABLE_DAYS
    )
    date_before = forms.DateField(
        label=gettext_lazy("until"), required=False, widget=DayInput, validators=REASONABLE_DAYS
    )

    def chosen_of(self, sessions: QuerySet[PracticeSession]) -> QuerySet[PracticeSession]:
        """Those of `sessions` that fit."""
        self.is_valid()
        lookups = {
            "kind": "kind",
            "status": "completion_status",
            "date_after": "local_date__gte",
            "date_before": "local_date__lte",
        }
        wanted = {lookups[name]: value for name, value in self.cleaned_data.items() if value}
        return sessions.filter(**wanted)

    def is_filtering(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.data.get(name) for name in self.fields)
