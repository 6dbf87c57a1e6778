"""What a learner writes about a practice."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from practice.models import PracticeSession


class NotesForm(forms.ModelForm):
    """Notes and a reflection; both may stay empty."""

    class Meta:
        model = PracticeSession
        fields = ("notes", "reflection")
        labels: ClassVar = {"notes": _("Notes"), "reflection": _("What would you say differently?")}
        widgets: ClassVar = {
            "notes": forms.Textarea({"rows": 2}),
            "reflection": forms.Textarea({"rows": 3}),
        }
