"""Lists that tell what changed since a moment, deleted ones included."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from django_filters.utils import translate_validation
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from contract.choices import one_of
from contract.models import Tombstone, TombstoneQuerySet
from contract.moments import MomentFilter, start_of
from contract.pagination import Chain


def changed_after_filter() -> MomentFilter:
    """The filter `updated_after`; declared last, its order, that of the changes, is the one."""
    return MomentFilter(
        method="changed",
        help_text="Changed after; deleted ones come as `{id, deleted_at}`, after the others.",
    )


def ordering_filter(orderings: Sequence[str]) -> filters.ChoiceFilter:
    """The filter `ordering`; the first of `orderings` is the one unless asked."""
    return filters.ChoiceFilter(
        choices=[(each, each) for each in orderings],
        error_messages=one_of(orderings),
        method="ordered",
        help_text=f"`-` for descending; `{orderings[0]}` unless asked.",
    )


class ChangesFilterSet(filters.FilterSet):
    """Filters of a list with `updated_after`, a MomentFilter that each list declares itself."""

    @property
    def changed_after(self) -> datetime | None:
        """The moment since which changes are asked for; None where everything is."""
        moment: date | datetime | None = self.form.cleaned_data["updated_after"]
        return None if moment is None else start_of(moment)

    def changed(self, found: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """Those that changed since, in the order of their changes."""
        return found.filter(updated_at__gt=self.changed_after).order_by("updated_at", "id")

    def ordered(self, found: QuerySet[Any], _name: str, ordering: str) -> QuerySet[Any]:
        """With the id, so that equal ones keep their places."""
        sign = "-" if ordering.startswith("-") else ""
        return found.order_by(ordering, f"{sign}id")


class ChangesMixin(GenericAPIView[Any]):
    """A list that also tells what changed since a moment."""

    def page_of_changes(
        self, filters: ChangesFilterSet, tombstones: TombstoneQuerySet[Tombstone]
    ) -> Response:
        """A page of what fits; since a moment with what is left of the deleted after it.

        `tombstones` are those of who asks. Raises ValidationError.
        """
        if not filters.is_valid():
            raise translate_validation(filters.errors)
        found: QuerySet[Any] | Chain = filters.qs
        if filters.changed_after is not None:
            found = Chain(filters.qs, tombstones.since(filters.changed_after))
        return self.page_of(found)

    def page_of(self, found: QuerySet[Any] | Chain) -> Response:
        """The page that is asked for."""
        page = self.paginate_queryset(found)  # type: ignore[arg-type]
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
