"""Lists that tell what changed since a moment, deleted ones included."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from contract.moments import start_of


class ChangesFilterSet(filters.FilterSet):
    """Filters of a list with `updated_after`, a MomentFilter that each list declares itself."""

    @property
    def changed_after(self) -> datetime | None:
        """The moment since which changes are asked for; None where everything is."""
        moment: date | datetime | None = self.form.cleaned_data["updated_after"]
        return None if moment is None else start_of(moment)

    def unchanged(self, found: QuerySet[Any], _name: str, _value: Any) -> QuerySet[Any]:
        """For lists whose view makes another list of changes; see `changed_after`."""
        return found

    def ordered(self, found: QuerySet[Any], _name: str, ordering: str) -> QuerySet[Any]:
        """With the id, so that equal ones keep their places."""
        sign = "-" if ordering.startswith("-") else ""
        return found.order_by(ordering, f"{sign}id")
