"""What the pages of speech sessions take in: a new recording, changes, filters of a list."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from speech_sessions.models import SpeechSession
from speech_sessions.presentation.wording import language_name

SPOKEN_LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "nl", "ja", "zh-hans", "hi")


def language_choices(*more: str) -> list[tuple[str, str]]:
    """The languages one can choose from, and those somebody already chose by other ways."""
    codes = dict.fromkeys((*SPOKEN_LANGUAGES, *filter(None, more)))
    return [(code, language_name(code)) for code in codes]


class LocalDateTimeInput(forms.DateTimeInput):
    """The browser's own picker of a day and a time, in the zone of the page."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class DayInput(forms.DateInput):
    """The browser's own picker of a day."""

    input_type = "date"

    def __init__(self, **attrs: str) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class RecordingForm(forms.Form):
    """A recording just made or chosen, and what is worth knowing about it."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=SpeechSession.Kind, initial=SpeechSession.Kind.TALK, required=False
    )
    language = forms.CharField(
        label=_("Language"), max_length=35, initial="en", required=False, widget=forms.Select
    )
    date = forms.DateTimeField(
        label=_("When it was spoken"),
        required=False,
        widget=LocalDateTimeInput,
        help_text=_("Left empty, it is now."),
    )
    audio_file = forms.FileField(
        label=_("Recording"),
        allow_empty_file=True,  # the service says what is wrong with it, as it does for the API
        error_messages={"required": _("Record something or choose a file first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].widget.choices = language_choices(self["language"].value())

    def facts(self) -> dict[str, Any]:
        """What was said about the recording; what was left empty takes its default."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "kind": data["kind"] or SpeechSession.Kind.TALK,
            "language": data["language"] or "en",
            "date": data["date"],
        }


class SessionForm(forms.ModelForm):
    """Everything of a session that a person may change, the analysed values included."""

    tags = forms.CharField(
        label=_("Tags"), required=False, help_text=_("Separated by commas, such as: work, review")
    )

    class Meta:
        model = SpeechSession
        fields = (
            "title",
            "kind",
            "language",
            "date",
            "tags",
            "transcription",
            "filler_count",
            "duration",
            "confidence_score",
            "pacing_analysis",
        )
        widgets = {
            "date": LocalDateTimeInput,
            "language": forms.Select,
            "transcription": forms.Textarea(attrs={"rows": 12}),
            "pacing_analysis": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["tags"] = ", ".join(self.instance.tags)
        self.fields["language"].widget.choices = language_choices(self["language"].value())

    def clean_tags(self) -> list[str]:
        """The tags as a list, each once."""
        parts = (part.strip()[:50] for part in self.cleaned_data["tags"].split(","))
        return list(dict.fromkeys(part for part in parts if part))

    def changes(self) -> dict[str, Any]:
        """Only what differs from what the page showed, so that nothing else counts as set."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class Period(models.TextChoices):
    """How far back a list goes."""

    ANY = "", _("Any time")
    WEEK = "7", _("Last 7 days")
    MONTH = "30", _("Last 30 days")
    QUARTER = "90", _("Last 90 days")
    YEAR = "365", _("Last 12 months")
    DATES = "dates", _("Between two dates")


class Order(models.TextChoices):
    """How a list is sorted."""

    NEWEST = "-date", _("Newest first")
    OLDEST = "date", _("Oldest first")
    LONGEST = "-duration", _("Longest first")
    SHORTEST = "duration", _("Shortest first")
    MOST_FILLERS = "-filler_count", _("Most fillers first")
    TITLE = "title", _("By title")


class SessionFilterForm(forms.Form):
    """Which of one's sessions to show; everything is optional, and a wrong value filters nothing."""

    search = forms.CharField(label=_("Search"), max_length=200, required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("Any status")), *SpeechSession.Status.choices],
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Any kind")), *SpeechSession.Kind.choices], required=False
    )
    period = forms.ChoiceField(label=_("Period"), choices=Period.choices, required=False)
    date_after = forms.DateField(label=_("From"), widget=DayInput(), required=False)
    date_before = forms.DateField(label=_("To"), widget=DayInput(), required=False)
    ordering = forms.ChoiceField(label=_("Sorting"), choices=Order.choices, required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        given = data.copy() if data is not None else {}
        if not given.get("period") and (given.get("date_after") or given.get("date_before")):
            given["period"] = Period.DATES.value
        super().__init__(given, **kwargs)
        self.is_valid()

    def criteria(self) -> dict[str, Any]:
        """What to filter by, in the names of the selectors; moments carry their zone."""
        data = self.cleaned_data
        chosen = {name: data[name] for name in ("search", "status", "kind") if data.get(name)}
        return {**chosen, **self._moments()}

    def ordering(self) -> str:
        """The chosen sorting, newest first unless said otherwise."""
        return self.cleaned_data.get("ordering") or Order.NEWEST

    def is_filtering(self) -> bool:
        """Whether anything is left out."""
        return bool(self.criteria())

    def _moments(self) -> dict[str, datetime]:
        period = self.cleaned_data.get("period", "")
        if period == Period.DATES:
            first, last = self.cleaned_data.get("date_after"), self.cleaned_data.get("date_before")
        elif period:
            first, last = timezone.localdate() - timedelta(days=int(period) - 1), None
        else:
            return {}
        moments = {}
        if first:
            moments["date_after"] = _local(datetime.combine(first, time.min))
        if last:
            moments["date_before"] = _local(datetime.combine(last, time.max))
        return moments


def _local(naive: datetime) -> datetime:
    return timezone.make_aware(naive)
