"""What a list of words can be asked for."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from contract.changes import ChangesFilterSet, changed_after_filter, ordering_filter
from contract.choices import one_of
from flashcards import selectors
from flashcards.models import Card

ORDERINGS = ("-created_at", "created_at", "word", "-word", "due_at", "-due_at")


class CardFilters(ChangesFilterSet):
    """Words by language, state, what is due, and what they say."""

    language = filters.CharFilter(
        max_length=35, method="spoken_in", help_text="A name or a code; `en` also finds `en-GB`."
    )
    state = filters.ChoiceFilter(
        choices=Card.State.choices,
        error_messages=one_of(Card.State.values),
        help_text="`new`, `learning`, `review` (learned) or `relearning`.",
    )
    due = filters.BooleanFilter(
        method="coming", help_text="`true`: what comes today, whatever the daily limits."
    )
    search = filters.CharFilter(
        max_length=200, method="containing", help_text="In word, meaning and sentence."
    )
    ordering = ordering_filter(ORDERINGS)
    updated_after = changed_after_filter()

    class Meta:
        model = Card
        fields = ()

    def spoken_in(self, found: QuerySet[Any], _name: str, language: str) -> QuerySet[Any]:
        """By name or code."""
        return selectors.in_language(found, language)

    def coming(self, found: QuerySet[Any], _name: str, wanted: bool) -> QuerySet[Any]:
        """What comes today, or all but that."""
        user = getattr(self.request, "user", None)
        coming = selectors.coming_today(user, found) if user else found
        return coming if wanted else found.exclude(pk__in=coming.order_by().values("pk"))

    def containing(self, found: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        """Every word, somewhere."""
        return selectors.containing(found, text)


class StatisticsFilters(filters.FilterSet):
    """Of which language."""

    language = filters.CharFilter(max_length=35, help_text="A name or a code.")

    class Meta:
        model = Card
        fields = ()
