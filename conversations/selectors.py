"""Reading conversations: the lists, what changed, and what they come to."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.languages import code_of, name_of, spoken_in
from accounts.models import User
from contract.moments import end_of, start_of
from conversations.models import VoiceConversation

RECENT_TOPICS = 10
SUGGESTED_TOPICS = 5
# How many of the newest conversations are looked at for topics.
_NEWEST = 50


def conversations_of(user: User) -> QuerySet[VoiceConversation]:
    """Those of `user`, the newest first."""
    return VoiceConversation.objects.filter(user=user)


def languages_of(user: User) -> list[str]:
    """The codes of the languages that `user` spoke."""
    codes = (
        conversations_of(user)
        .order_by("target_language_code")
        .values_list("target_language_code", flat=True)
    )
    return list(codes.distinct())


def in_language(
    conversations: QuerySet[VoiceConversation], language: str
) -> QuerySet[VoiceConversation]:
    """Those in a language by its name or code; `en` finds `en-GB` too."""
    return conversations.filter(spoken_in("target_language_code", code_of(language)))


def held(
    conversations: QuerySet[VoiceConversation],
    after: date | datetime | None = None,
    before: date | datetime | None = None,
) -> QuerySet[VoiceConversation]:
    """Those held from `after` until `before`; a day counts whole, in the current zone."""
    if after is not None:
        conversations = conversations.filter(created_at__gte=start_of(after))
    if before is not None:
        conversations = conversations.filter(created_at__lt=end_of(before))
    return conversations


def containing(
    conversations: QuerySet[VoiceConversation], text: str
) -> QuerySet[VoiceConversation]:
    """Those whose topic or transcript holds every word of `text`."""
    for word in text.split()[:10]:
        held = Q(topic__icontains=word) | Q(transcription__icontains=word)
        conversations = conversations.filter(held)
    return conversations


def summary(user: User) -> dict[str, Any]:
    """What one's conversations come to, as `summary/` answers it. Five queries."""
    found = conversations_of(user).order_by()
    totals = found.aggregate(
        number=Count("pk"),
        minutes=Sum("duration_minutes"),
        grammar=Avg("grammar_score"),
        pronunciation=Avg("pronunciation_score"),
    )
    newest = list(
        conversations_of(user).values_list(
            "topic", "written_feedback", "measured_feedback", "found_feedback"
        )[:_NEWEST]
    )
    return {
        "total_conversations": totals["number"],
        "total_minutes": _minutes(totals["minutes"]),
        "by_language": _by_language(found),
        "by_type": _by_type(found),
        "average_scores": {
            "grammar": _score(totals["grammar"]),
            "pronunciation": _score(totals["pronunciation"]),
        },
        "scores_over_time": _scores_over_time(found),
        "recent_topics": _first(RECENT_TOPICS, (topic for topic, *_ in newest)),
        "suggested_next_topics": _first(
            SUGGESTED_TOPICS,
            (
                topic
                for _, written, measured, own in newest
                for topic in _suggestions({**own, **measured, **written})
            ),
        ),
    }


def _by_language(found: QuerySet[VoiceConversation]) -> dict[str, Any]:
    rows = found.values("target_language_code").annotate(
        number=Count("pk"), minutes=Sum("duration_minutes")
    )
    return {
        row["target_language_code"]: {
            "language": name_of(row["target_language_code"]),
            "conversations": row["number"],
            "minutes": _minutes(row["minutes"]),
        }
        for row in rows.order_by("-number", "target_language_code")
    }


def _by_type(found: QuerySet[VoiceConversation]) -> dict[str, Any]:
    rows = found.values("conversation_type").annotate(
        number=Count("pk"), minutes=Sum("duration_minutes")
    )
    return {
        row["conversation_type"]: {
            "conversations": row["number"],
            "minutes": _minutes(row["minutes"]),
        }
        for row in rows.order_by("-number", "conversation_type")
    }


def _scores_over_time(found: QuerySet[VoiceConversation]) -> list[dict[str, Any]]:
    """Means of each day on which something was scored, in the current zone, oldest first."""
    scored = found.filter(Q(grammar_score__isnull=False) | Q(pronunciation_score__isnull=False))
    days = scored.annotate(
        day=TruncDate("created_at", tzinfo=timezone.get_current_timezone())
    ).values("day")
    rows = days.annotate(
        grammar=Avg("grammar_score"), pronunciation=Avg("pronunciation_score"), number=Count("pk")
    )
    return [
        {
            "date": row["day"],
            "grammar": _score(row["grammar"]),
            "pronunciation": _score(row["pronunciation"]),
            "conversations": row["number"],
        }
        for row in rows.order_by("day")
    ]


def _suggestions(feedback: dict[str, Any]) -> list[str]:
    topics = feedback.get("suggested_next_topics")
    return [t for t in topics if isinstance(t, str)] if isinstance(topics, list) else []


def _first(most: int, topics: Iterable[str]) -> list[str]:
    """The first different ones; the same topic in other letters is the same."""
    kept: dict[str, str] = {}
    for topic in topics:
        if topic.strip():
            kept.setdefault(topic.strip().casefold(), topic.strip())
    return list(kept.values())[:most]


def _minutes(value: float | None) -> float:
    return round(value or 0.0, 2)


def _score(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
