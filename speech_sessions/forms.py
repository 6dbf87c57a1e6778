"""What the pages of speech sessions take in: a new recording, changes, filters of a list."""

from collections.abc import Sequence
from copy import copy
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from analysis.bands import Range
from speech_sessions import selectors, services
from speech_sessions.models import LONGEST_SCRIPT, SpeechSession
from speech_sessions.presentation.measures import Measure
from speech_sessions.presentation.wording import language_name
from speech_sessions.services.records import ANALYSED

ANY_STATUS = "any"
# Days at the ends of time have no day after them.
REASONABLE_DAYS = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31)))
SPOKEN_LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "nl", "ja", "zh", "hi")


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
    """The browser's own picker of a day, in a row of filters."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "input"}, format="%Y-%m-%d")


class Pill(forms.Select):
    """A choice in a row of filters."""

    def __init__(self, attrs: Any = None, choices: Any = ()) -> None:
        super().__init__({"class": "input select", **(attrs or {})}, choices)


class RecordingForm(forms.Form):
    """A recording just made or chosen, and what is worth knowing about it."""

    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Name this recording")}),
    )
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
    script = forms.CharField(
        label=_("Text to read aloud"),
        max_length=LONGEST_SCRIPT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("For the kind “Read-aloud”: your words are held against it."),
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
            "script": data["script"],
        }


class SessionForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """Everything of a session that a person may change, the analysed values included."""

    tags = forms.CharField(
        label=_("Tags"), required=False, help_text=_("Separated by commas, such as: work, review")
    )
    audio_file = forms.FileField(
        label=_("Replace the recording"),
        required=False,
        allow_empty_file=True,
        help_text=_("Another recording is analysed anew."),
    )
    use_machine = forms.MultipleChoiceField(
        choices=[(name, name) for name in ANALYSED], required=False
    )

    class Meta:
        model = SpeechSession
        fields = ("title", "kind", "language", "date", "script", *ANALYSED)
        labels: ClassVar = {"script": _("Text to read aloud")}
        help_texts: ClassVar = {
            "script": _("For the kind “Read-aloud”: your words are held against it.")
        }
        widgets: ClassVar = {
            "date": LocalDateTimeInput,
            "language": forms.Select,
            "script": forms.Textarea(attrs={"rows": 6}),
            "transcription": forms.Textarea(attrs={"rows": 12}),
            "pacing_analysis": forms.Textarea(attrs={"rows": 4}),
            "confidence_score": forms.NumberInput(attrs={"step": "any"}),
        }

    def __init__(self, data: Any, files: Any, *, instance: SpeechSession) -> None:
        # A copy: validation writes into it, and the service compares with what is stored.
        super().__init__(data, files, instance=copy(instance))
        self.session = instance
        self.initial["tags"] = ", ".join(instance.tags)
        self.initial["date"] = _minute_of(instance.date)
        self.fields["language"].widget.choices = language_choices(self["language"].value())

    def clean_tags(self) -> list[str]:
        """The tags as a list, each once."""
        parts = (part.strip()[:50] for part in self.cleaned_data["tags"].split(","))
        return list(dict.fromkeys(part for part in parts if part))

    def changes(self) -> dict[str, Any]:
        """What differs from what is stored; None gives a value back to the analysis."""
        changes = {}
        for name in (*self.Meta.fields, "tags"):
            value, stored = self.cleaned_data[name], getattr(self.session, name)
            if _as_typed(value) != _as_typed(stored):
                changes[name] = value.replace("\r\n", "\n") if isinstance(value, str) else value
        return {**changes, **dict.fromkeys(self.cleaned_data["use_machine"])}


def _as_typed(value: Any) -> Any:
    """A value as a form can hold it: pickers know no seconds, browsers send other line ends."""
    if isinstance(value, datetime):
        return _minute_of(value)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _minute_of(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(second=0, microsecond=0)


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
    """Which of one's sessions to show; all is optional, and a wrong value filters nothing."""

    search = forms.CharField(label=_("Search"), max_length=200, required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("Current")), *SpeechSession.Status.choices, (ANY_STATUS, _("Any status"))],
        required=False,
        widget=Pill,
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Any kind")), *SpeechSession.Kind.choices],
        required=False,
        widget=Pill,
    )
    period = forms.ChoiceField(
        label=_("Period"), choices=Period.choices, required=False, widget=Pill
    )
    date_after = forms.DateField(
        label=_("From"), widget=DayInput, required=False, validators=REASONABLE_DAYS
    )
    date_before = forms.DateField(
        label=_("To"), widget=DayInput, required=False, validators=REASONABLE_DAYS
    )
    ordering = forms.ChoiceField(
        label=_("Sorting"), choices=Order.choices, required=False, widget=Pill
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        given = data.copy() if data is not None else {}
        if not given.get("period") and (given.get("date_after") or given.get("date_before")):
            given["period"] = Period.DATES.value
        super().__init__(given, **kwargs)
        self.is_valid()

    def chosen_of(self, sessions: QuerySet[SpeechSession]) -> QuerySet[SpeechSession]:
        """Those of `sessions` that fit, sorted; archived ones only where they are asked for."""
        data = self.cleaned_data
        status = data.get("status", "")
        if not status:
            sessions = sessions.exclude(status=SpeechSession.Status.ARCHIVED)
        first, last = self._days()
        found = selectors.filter_sessions(
            sessions,
            status="" if status == ANY_STATUS else status,
            kind=data.get("kind", ""),
            search=data.get("search", ""),
            date_after=first,
            date_before=last,
        )
        return selectors.order_sessions(found, data.get("ordering") or Order.NEWEST)

    def is_filtering(self) -> bool:
        """Whether something was asked for that may leave sessions out."""
        names = ("search", "status", "kind", "period")
        return any(self.cleaned_data.get(name) for name in names)

    def _days(self) -> tuple[date | None, date | None]:
        period = self.cleaned_data.get("period", "")
        if period == Period.DATES:
            return self.cleaned_data.get("date_after"), self.cleaned_data.get("date_before")
        if period:
            return timezone.localdate() - timedelta(days=int(period) - 1), None
        return None, None


class Bucket(models.TextChoices):
    """How the numbers over time are put together."""

    DAY = "day", _("By day")
    WEEK = "week", _("By week")
    MONTH = "month", _("By month")


class AnalyticsForm(forms.Form):
    """Which sessions the numbers over time are about; a wrong value falls back to the default."""

    bucket = forms.ChoiceField(
        label=_("Grouping"), choices=Bucket.choices, required=False, widget=Pill
    )
    period = forms.ChoiceField(
        label=_("Period"),
        choices=[choice for choice in Period.choices if choice[0] != Period.DATES],
        required=False,
        widget=Pill,
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Any kind")), *SpeechSession.Kind.choices],
        required=False,
        widget=Pill,
    )

    def __init__(self, data: Any = None) -> None:
        given = data.copy() if data is not None else {}
        given.setdefault("bucket", Bucket.WEEK.value)
        given.setdefault("period", Period.QUARTER.value)
        super().__init__(given)
        self.is_valid()

    def question(self) -> dict[str, Any]:
        """What to ask `selectors.analytics`."""
        days = self.cleaned_data.get("period")
        return {
            "bucket": self.cleaned_data.get("bucket") or Bucket.WEEK.value,
            "kind": self.cleaned_data.get("kind", ""),
            "from_": timezone.localdate() - timedelta(days=int(days) - 1) if days else None,
        }


class OwnBandsForm(forms.Form):
    """Both ends of one's own range of each measure, in the unit that pages show."""

    def __init__(self, *args: Any, measures: Sequence[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measures = measures
        for measure in measures:
            for end, label in (("low", _("From")), ("high", _("To"))):
                self.fields[f"{measure.name}_{end}"] = forms.FloatField(
                    label=label, required=False, widget=forms.NumberInput(attrs={"step": "any"})
                )

    def clean(self) -> dict[str, Any]:
        """Each range that is not left empty, as the service has it."""
        data = super().clean() or {}
        for measure in self.measures:
            limits = self._limits(measure)
            if limits == (None, None) or self._ends(measure) & set(self.errors):
                continue
            try:
                services.check_range(measure.name, limits)
            except services.RangeRefused as refused:
                self.add_error(f"{measure.name}_{refused.end or 'low'}", str(refused))
        return data

    def ranges(self) -> dict[str, Range]:
        """By measure, in its own unit; what was left empty is not there."""
        found = {measure.name: self._limits(measure) for measure in self.measures}
        return {name: limits for name, limits in found.items() if limits != (None, None)}

    def _ends(self, measure: Measure) -> set[str]:
        return {f"{measure.name}_low", f"{measure.name}_high"}

    def _limits(self, measure: Measure) -> Range:
        low, high = (self.cleaned_data.get(f"{measure.name}_{end}") for end in ("low", "high"))
        return (
            None if low is None else low / measure.factor,
            None if high is None else high / measure.factor,
        )


class BandsKindForm(forms.Form):
    """For which kind of speech the ranges hold."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("Every kind")), *SpeechSession.Kind.choices],
    )
