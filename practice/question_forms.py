"""What somebody wishes to practise, as pages send it."""

from typing import Any

from django import forms

from practice import question_bank
from practice.models import Kind, Level, Question
from practice.question_bank import Wish
from practice.services import Plan

# Kinds that can be begun without a sequence.
WITHOUT_SEQUENCE = (Kind.FREE, Kind.TABLE_TOPICS, Kind.INTERVIEW, Kind.FILLER_FREE)
LONGEST_MINUTES = 60


class WishForm(forms.Form):
    """What the question is to be about; everything may be left out."""

    category = forms.ChoiceField(choices=Question.Category.choices, required=False)
    level = forms.ChoiceField(choices=Level.choices, required=False)
    role = forms.CharField(max_length=60, required=False)
    competence = forms.CharField(max_length=60, required=False)

    def wish(self) -> Wish:
        """The wish, when the form is valid; else nothing is wished."""
        return Wish(**{name: self.cleaned_data.get(name) or "" for name in WishForm.base_fields})


class StartForm(WishForm):
    """A practice without a sequence: its kind, its length in minutes, its question."""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in WITHOUT_SEQUENCE], required=False
    )
    minutes = forms.IntegerField(min_value=1, max_value=LONGEST_MINUTES, required=False)
    question = forms.ModelChoiceField(Question.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["question"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = question_bank.offered()

    def plan(self) -> Plan:
        """What is to be practised."""
        data = self.cleaned_data
        wish = Wish(
            **{name: data.get(name) or "" for name in WishForm.base_fields},
            question=data.get("question"),
        )
        return Plan(wish, data["minutes"] * 60 if data.get("minutes") else None)
