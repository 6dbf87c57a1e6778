"""What a person set by hand, beside what the analysis found."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.forms.forms import BaseForm

from speech_sessions.models import SpeechSession
from speech_sessions.presentation.wording import duration, number
from speech_sessions.services.records import ANALYSED

LONGEST_SHOWN = 400  # characters of the analysis's transcript that stand beside a corrected one


@dataclass(frozen=True, slots=True)
class AnalysedField:
    """A field of the form; `machine` is what the analysis says, empty where it says nothing."""

    field: BoundField
    is_set_by_hand: bool
    machine: str
    is_given_back: bool


def analysed_fields(session: SpeechSession, form: BaseForm) -> dict[str, AnalysedField]:
    """The analysed fields of `form` by name."""
    given_back = form["use_machine"].value() or ()
    return {
        name: AnalysedField(
            field=form[name],
            is_set_by_hand=name in session.hand_set,
            machine=_said(name, getattr(session.report, column) if session.report else None),
            is_given_back=name in given_back,
        )
        for name, column in ANALYSED.items()
    }


def _said(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "duration":
        return duration(value)
    if isinstance(value, int | float):
        return number(value, 0 if isinstance(value, int) else 2)
    text = str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN].rstrip()} …"
