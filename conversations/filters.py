"""What a list of conversations can be asked for."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from contract.changes import ChangesFilterSet, changed_after_filter, ordering_filter
from contract.choices import one_of
from contract.moments import MomentFilter
from conversations import selectors
from conversations.models import VoiceConversation

ORDERINGS = ("-created_at", "created_at", "-duration_minutes", "duration_minutes")


class ConversationFilters(ChangesFilterSet):
    """Conversations by type, language, day and words."""

    conversation_type = filters.ChoiceFilter(
        choices=VoiceConversation.Type.choices,
        error_messages=one_of(VoiceConversation.Type.values),
        help_text="One of the seven types.",
    )
    language = filters.CharFilter(
        max_length=35, method="in_language", help_text="A name or a code; `en` also finds `en-GB`."
    )
    date_after = MomentFilter(method="held_after", help_text="At or after; a day counts whole.")
    date_before = MomentFilter(method="held_before", help_text="At or before; a day counts whole.")
    search = filters.CharFilter(
        max_length=200, method="containing", help_text="Words of topic and transcript."
    )
    ordering = ordering_filter(ORDERINGS)
    updated_after = changed_after_filter()

    class Meta:
        model = VoiceConversation
        fields = ()

    def in_language(self, found: QuerySet[Any], _name: str, language: str) -> QuerySet[Any]:
        """By name or code."""
        return selectors.in_language(found, language)

    def held_after(self, found: QuerySet[Any], _name: str, at: date | datetime) -> QuerySet[Any]:
        """From the beginning of a day, or from a moment on."""
        return selectors.held(found, after=at)

    def held_before(self, found: QuerySet[Any], _name: str, at: date | datetime) -> QuerySet[Any]:
        """Until a day ends, or until a moment."""
        return selectors.held(found, before=at)

    def containing(self, found: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """Every word, in topic or transcript."""
        return selectors.containing(found, text)
