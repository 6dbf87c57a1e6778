"""The queries of every call and sign-in of a program: who they are, and their second factor.

Django makes the SQL of a query anew each time, which takes ten times as long as the database's
answer. Here it is made once, and asked again and again with another value.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, Model, OuterRef, QuerySet, Value, When
from django.db.models.query import get_related_populators

from accounts import second_factor
from accounts.models import DeviceToken, RefreshFamily, User


class _Plan:
    """A query that was made into SQL once, and how a row of it becomes an object."""

    def __init__(
        self, connection: BaseDatabaseWrapper, queryset: QuerySet[Any], sample: Any
    ) -> None:
        query = queryset.query.chain()
        query.set_limits(high=1)
        compiler = query.get_compiler(connection=connection)
        self.sql, self.params = compiler.as_sql()
        self.place = self.params.index(sample)
        select, self.model = compiler.select, queryset.model
        fields = compiler.klass_info["select_fields"]
        self.own = slice(fields[0], fields[-1] + 1)
        self.names = [column[0].target.attname for column in select[self.own]]
        self.owners = get_related_populators(compiler.klass_info, select, DEFAULT_DB_ALIAS)
        self.annotations = compiler.annotation_col_map.items()
        self.converters = compiler.get_converters([column[0] for column in select]).items()

    def first(self, connection: BaseDatabaseWrapper, value: Any) -> Any:
        """The row with `value` where the sample stood, as an object; None where there is none."""
        params = [*self.params[: self.place], value, *self.params[self.place + 1 :]]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchone()
        if found is None:
            return None
        row = list(found)
        for place, (converters, expression) in self.converters:
            for convert in converters:
                row[place] = convert(row[place], expression, connection)
        made = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.own])
        for owner in self.owners:
            owner.populate(row, made)
        for name, place in self.annotations:
            setattr(made, name, row[place])
        return made


class Lookup:
    """Finds a row by its key, with what belongs to it and `owner_has_factor`."""

    def __init__(
        self, model: type[Model], sample: Any, *, along: str = "user", owner: str = "user_id"
    ) -> None:
        """`sample` is a possible key that stands nowhere else in the query.

        `along` names the one related row that comes too, `owner` the field with the person's key.
        """
        self._key, self._sample = model._meta.pk, sample  # noqa: SLF001 - Django documents it
        self._along, self._owner = along, owner
        self._manager: Any = model._default_manager  # noqa: SLF001 - the same
        self._plans: dict[str, _Plan] = {}

    def find(self, key: Any) -> Any:
        """The row with this key, or None. One query."""
        connection = connections[DEFAULT_DB_ALIAS]
        prepare: Callable[[Any, Any], Any] = self._key.get_db_prep_value  # type: ignore[union-attr]
        plan = self._plans.get(connection.vendor)
        if plan is None:
            plan = _Plan(connection, self._queryset(), prepare(self._sample, connection))
            self._plans[connection.vendor] = plan
        return plan.first(connection, prepare(key, connection))

    def _queryset(self) -> QuerySet[Any]:
        has_factor = second_factor.has_factor_where(OuterRef(self._owner))
        known = Case(When(has_factor, then=Value(True)), default=Value(False))
        rows = self._manager.select_related(self._along).annotate(owner_has_factor=known)
        found: QuerySet[Any] = rows.filter(pk=self._sample).order_by()
        return found


device_tokens = Lookup(DeviceToken, "no digest is like this")
refresh_families = Lookup(RefreshFamily, uuid.UUID(int=0))
# Whoever signs in, and whether their account waits to be erased.
people = Lookup(User, -1, along="erasure", owner="pk")
