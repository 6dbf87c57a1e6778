"""The editor of a sequence: its own fields, and one form for each step, in order."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

from contract.ids import whole_number
from practice.models import LONGEST_SESSION, Sequence, Step
from practice.services import FASTEST, MOST_STEPS, SLOWEST, SequenceSteps
from speech_sessions.presentation.wording import clock

STEPS = "steps"
# What steps of some kinds have besides; the editor keeps it as it is.
CARRIED = ("words_per_minute", "reading", "breathing")
TOO_LONG = _("All steps together may take four hours at most.")


class ClockField(forms.Field):
    """A length, read as 1:30 or 90, kept in seconds."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Write the time as 1:30, or as 90 for seconds."),
        "range": _("A step takes between a second and four hours."),
    }

    def to_python(self, value: Any) -> int | None:
        """Seconds. Raises ValidationError for what is no time."""
        text = str(value or "").strip()
        if not text:
            return None
        parts = text.split(":")
        if len(parts) > 3 or not all(part.isascii() and part.isdigit() for part in parts):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        if len(text) > 8 or any(int(part) > 59 for part in parts[1:]):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        seconds = 0
        for part in parts:
            seconds = 60 * seconds + int(part)
        if not 1 <= seconds <= LONGEST_SESSION:
            raise ValidationError(self.error_messages["range"], "range")
        return seconds

    def prepare_value(self, value: Any) -> Any:
        """Seconds as 1:30; what was typed stays as it was typed."""
        return clock(value) if isinstance(value, int) else value


class SequenceForm(forms.ModelForm):
    """What a sequence is called, and what it is for."""

    class Meta:
        model = Sequence
        fields = ("title", "description")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "description": forms.Textarea(attrs={"rows": 2})
        }

    def _post_clean(self) -> None:
        """The service writes the row: the instance keeps what it was until then."""


class StepForm(forms.ModelForm):
    """One step; its number is its place."""

    seconds = ClockField(
        label=_("Time"), widget=forms.TextInput(attrs={"placeholder": "1:30", "size": 6})
    )

    words_per_minute = forms.IntegerField(
        required=False, min_value=SLOWEST, max_value=FASTEST, widget=forms.HiddenInput
    )

    class Meta:
        model = Step
        fields = ("title", "seconds", "text", "is_spoken", *CARRIED)
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "text": forms.Textarea(attrs={"rows": 2}),
            **{name: forms.HiddenInput() for name in CARRIED},
        }
        labels: ClassVar[dict[str, Any]] = {
            "title": _("What"),
            "text": _("How"),
            "is_spoken": _("I speak in this step"),
        }


class _BaseSteps(BaseFormSet):
    """Every row is a step: an empty one is told to be filled in, or taken away."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """No row may stay empty."""
        return super().get_form_kwargs(index) | {"empty_permitted": False}

    def clean(self) -> None:
        """All of them together within the longest session."""
        if sum(form.cleaned_data.get("seconds") or 0 for form in self.forms) > LONGEST_SESSION:
            raise ValidationError(TOO_LONG, "max_value")

    def as_steps(self) -> list[SequenceSteps]:
        """What `services.save_sequence` takes."""
        return [SequenceSteps(**form.cleaned_data) for form in self.forms]


StepFormSet: Any = formset_factory(
    StepForm,
    formset=_BaseSteps,
    extra=0,
    min_num=1,
    max_num=MOST_STEPS,
    absolute_max=MOST_STEPS + 1,
    validate_min=True,
    validate_max=True,
)


def rows_sent(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of the editor as they were typed, valid or not, in their order."""
    total = whole_number(str(data.get(f"{STEPS}-TOTAL_FORMS", ""))) or 0
    return [
        {name: data.get(f"{STEPS}-{place}-{name}", "") for name in StepForm.base_fields}
        | {"is_spoken": f"{STEPS}-{place}-is_spoken" in data}
        for place in range(min(total, MOST_STEPS))
    ]


def rearranged(rows: list[dict[str, Any]], order: str) -> list[dict[str, Any]]:
    """`rows` after one press of a button: `add`, `up-2`, `down-2` or `remove-2`, from 0."""
    verb, _dash, number = order.partition("-")
    changed = list(rows)
    if verb == "add" and len(rows) < MOST_STEPS:
        changed.append({"is_spoken": True})
    place = whole_number(number)
    if place is None or place >= len(rows):
        return changed
    if verb == "remove":
        del changed[place]
    target = place + {"up": -1, "down": 1}.get(verb, 0)
    if verb in {"up", "down"} and 0 <= target < len(rows):
        changed[place], changed[target] = changed[target], changed[place]
    return changed
