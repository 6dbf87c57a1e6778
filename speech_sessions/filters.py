"""What the API's lists and analytics can be asked for, and how it is written in an address."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters

from contract.changes import ChangesFilterSet
from contract.choices import one_of
from contract.moments import MomentFilter
from speech_sessions import selectors
from speech_sessions.models import SpeechSession

ORDERINGS = [f"{sign}{name}" for name in selectors.ORDERINGS for sign in ("", "-")]
BUCKETS = ("day", "week", "month")


def _choices(name: str, values: list[str] | tuple[str, ...], help_text: str) -> Any:
    return filters.ChoiceFilter(
        field_name=name,
        choices=[(value, value) for value in values],
        error_messages=one_of(values),
        help_text=help_text,
    )


class SessionFilters(ChangesFilterSet):
    """Filters, search and order of a list of sessions."""

    status = _choices("status", SpeechSession.Status.values, "pending, analyzed or archived.")
    kind = _choices("kind", SpeechSession.Kind.values, "What kind of speech.")
    language = filters.CharFilter(max_length=35, help_text="`en` also finds `en-GB`.")
    date_after = MomentFilter(help_text="Spoken at or after; a day counts whole.")
    date_before = MomentFilter(help_text="Spoken at or before; a day counts whole.")
    search = filters.CharFilter(
        max_length=1000, help_text="Words of title, transcript and tags; the last may be begun."
    )
    updated_after = MomentFilter(
        help_text="Changed after; deleted sessions come as `{id, deleted_at}`, after the others."
    )
    ordering = _choices("ordering", ORDERINGS, "`-` for descending; `-date` unless asked.")

    class Meta:
        model = SpeechSession
        fields = ()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        if data is not None and "-" in data.get("kind", ""):
            data = data.copy()
            data["kind"] = data["kind"].replace("-", "_")
        super().__init__(data, *args, **kwargs)

    def filter_queryset(self, queryset: QuerySet[SpeechSession]) -> QuerySet[SpeechSession]:
        """Those of `queryset` that fit, in the order asked for."""
        asked = self.form.cleaned_data
        found = selectors.filter_sessions(
            queryset,
            **{name: value for name, value in asked.items() if value and name in _CRITERIA},
            updated_after=self.changed_after,
        )
        if asked["ordering"]:
            return selectors.order_sessions(found, asked["ordering"])
        return found if self.changed_after is None else found.order_by("updated_at", "id")


_CRITERIA = {"status", "kind", "language", "date_after", "date_before", "search"}


class AnalyticsFilters(filters.FilterSet):
    """The stretch of time and the kind of sessions that analytics look at."""

    # A keyword cannot be written as a name here.
    vars()["from"] = MomentFilter(help_text="From this day or moment on.")
    to = MomentFilter(help_text="Until and with this day or moment.")
    bucket = _choices("bucket", BUCKETS, "What `series` is cut into; `week` unless asked.")
    kind = _choices("kind", SpeechSession.Kind.values, "What kind of speech.")
    language = filters.CharFilter(max_length=35, help_text="`en` also finds `en-GB`.")

    class Meta:
        model = SpeechSession
        fields = ()


class BandsFilters(filters.FilterSet):
    """For which language and kind of speech usual ranges are asked."""

    kind = _choices("kind", SpeechSession.Kind.values, "What kind of speech.")
    language = filters.CharFilter(max_length=35, help_text="The newest session's unless given.")

    class Meta:
        model = SpeechSession
        fields = ()
