"""What the list of conversations is filtered by."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.languages import name_of
from conversations import selectors
from conversations.models import VoiceConversation
from speech_sessions.forms import REASONABLE_DAYS, DayInput, Pill


class ConversationFilterForm(forms.Form):
    """What the list shows; what makes no sense is left aside."""

    search = forms.CharField(label=_("Search"), required=False, max_length=200)
    conversation_type = forms.ChoiceField(
        label=_("Type"),
        required=False,
        choices=[("", _("Any type")), *VoiceConversation.Type.choices],
        widget=Pill,
    )
    language = forms.ChoiceField(label=_("Language"), required=False, widget=Pill)
    date_after = forms.DateField(
        label=_("From"), required=False, widget=DayInput, validators=REASONABLE_DAYS
    )
    date_before = forms.DateField(
        label=_("until"), required=False, widget=DayInput, validators=REASONABLE_DAYS
    )

    def __init__(self, data: Any, languages: Iterable[str]) -> None:
        super().__init__(data)
        known = [(code, name_of(code)) for code in languages]
        self.fields["language"].choices = [("", _("Any language")), *known]  # type: ignore[attr-defined]

    def chosen_of(self, found: QuerySet[VoiceConversation]) -> QuerySet[VoiceConversation]:
        """Those of `found` that fit."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("conversation_type"):
            found = found.filter(conversation_type=asked["conversation_type"])
        if asked.get("language"):
            found = found.filter(target_language_code=asked["language"])
        found = selectors.held(found, asked.get("date_after"), asked.get("date_before"))
        return selectors.containing(found, asked.get("search", ""))

    def is_filtering(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.data.get(name) for name in self.fields)
