"""Lists in pages: `{"count", "next", "previous", "results"}`."""

from collections.abc import Iterator, Sequence
from typing import Any, overload

from django.db.models import QuerySet
from rest_framework import pagination


class PageNumberPagination(pagination.PageNumberPagination):
    """`?page=` and `?page_size=`: 20 items a page unless asked otherwise, 100 at most."""

    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100


class Chain(Sequence[Any]):
    """Two querysets one after the other, counted and sliced in the database.

    A page of it costs two counts and at most two queries, however long the querysets are.
    """

    def __init__(self, first: QuerySet[Any], second: QuerySet[Any]) -> None:
        self.first = first
        self.second = second
        self.length_of_first = first.count()
        self.length = self.length_of_first + second.count()

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, index: int) -> Any: ...

    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...

    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, int):
            return self[index : index + 1][0]
        start, stop, _ = index.indices(self.length)
        boundary = self.length_of_first
        items: list[Any] = []
        if start < boundary:
            items += self.first[start : min(stop, boundary)]
        if stop > boundary:
            items += self.second[max(start - boundary, 0) : stop - boundary]
        return items

    def __iter__(self) -> Iterator[Any]:
        yield from self.first
        yield from self.second
