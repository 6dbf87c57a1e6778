"""What the pages of pronunciation take."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import languages
from pronunciation.models import LONGEST_TEXT

_A_WORD = re.compile(r"[^\W_]")


class SentenceForm(forms.Form):
    """A sentence of one's own."""

    language = forms.ChoiceField(label=_("Language"), choices=languages.choices)
    text = forms.CharField(
        label=_("Your own sentence"),
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].widget.attrs["class"] = "select"

    def clean_text(self) -> str:
        """It holds something to say."""
        text = " ".join(self.cleaned_data["text"].split())
        if not _A_WORD.search(text):
            raise forms.ValidationError(_("Write something that can be said."), "no_words")
        return text


class TryForm(SentenceForm):
    """A sentence and how it was said."""

    audio = forms.FileField(label=_("Recording"))
