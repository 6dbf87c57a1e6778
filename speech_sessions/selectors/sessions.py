"""Whose sessions there are, and which of them somebody asked for."""

from datetime import date, datetime

from django.db.models import Count, QuerySet, Sum

from accounts.languages import spoken_in
from accounts.models import User
from contract.moments import end_of, start_of
from speech_sessions.models import SpeechSession
from speech_sessions.selectors.search import search as search_sessions

ORDERINGS = ("date", "duration", "filler_count", "created_at", "updated_at", "title")
_SELDOM_READ = (
    "report__document",
    "report__transcript",
    "report__pacing",
    "current_run__recording",
    "current_run__measured",
    "current_run__error_detail",
)


def sessions_of(user: User) -> QuerySet[SpeechSession]:
    """The sessions of `user`, newest first, with state and headline numbers at hand.

    Whole reports are left in the database until somebody reads one.
    """
    return (
        SpeechSession.objects.filter(user=user)
        .select_related("report", "current_run")
        .defer(*_SELDOM_READ)
    )


def session_of(user: User, pk: int) -> SpeechSession:
    """One session of `user`; another's, or none, raises SpeechSession.DoesNotExist."""
    return sessions_of(user).get(pk=pk)


def for_list(sessions: QuerySet[SpeechSession]) -> QuerySet[SpeechSession]:
    """`sessions` without their texts, for rows that show none."""
    return sessions.defer("transcription", "pacing_analysis")


def filter_sessions(
    sessions: QuerySet[SpeechSession],
    *,
    status: str = "",
    kind: str = "",
    language: str = "",
    search: str = "",
    date_after: datetime | date | None = None,
    date_before: datetime | date | None = None,
    updated_after: datetime | None = None,
) -> QuerySet[SpeechSession]:
    """Those of `sessions` that fit everything given; days are whole days of the current zone.

    `language` also finds its regions: `en` finds `en-GB`.
    """
    if status:
        sessions = sessions.filter(status=status)
    if kind:
        sessions = sessions.filter(kind=kind)
    if language:
        sessions = sessions.filter(spoken_in("language", language))
    if date_after is not None:
        sessions = sessions.filter(date__gte=start_of(date_after))
    if date_before is not None:
        sessions = sessions.filter(date__lt=end_of(date_before))
    if updated_after is not None:
        sessions = sessions.filter(updated_at__gt=start_of(updated_after))
    return search_sessions(sessions, search)


def order_sessions(sessions: QuerySet[SpeechSession], ordering: str) -> QuerySet[SpeechSession]:
    """`sessions` sorted by one of ORDERINGS, `-` for descending; anything else: newest first."""
    name = ordering.removeprefix("-")
    if name not in ORDERINGS:
        return sessions.order_by("-date", "-id")
    return sessions.order_by(ordering, "-id" if ordering.startswith("-") else "id")


def totals(sessions: QuerySet[SpeechSession]) -> dict[str, int]:
    """How many `sessions` there are, and their seconds together. One query, of an index alone."""
    sums = sessions.order_by().aggregate(sessions=Count("pk"), seconds=Sum("duration"))
    return {name: int(value or 0) for name, value in sums.items()}
