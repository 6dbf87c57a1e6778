"""`users/stats`: what a person's recordings and practice add up to, across every app."""

from dataclasses import asdict
from datetime import datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.time_zones import first_known
from contract.etag import ConditionalGetMixin
from flashcards.selectors import totals
from practice.selectors import moments_of
from practice.streaks import Moment, newest_run, streak
from speech_sessions.models import SpeechSession

EXAMPLE = {
    "vocabulary": {"total": 120, "mastered": 41, "due": 12},
    "streak": {"current": 4, "best": 11},
    "speaking": {"seconds": 5400, "by_language": {"en": 4800, "de": 600}},
    "sessions": {"total": 21, "by_kind": {"talk": 9, "interview": 12}},
}


class _VocabularySerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    mastered = serializers.IntegerField()
    due = serializers.IntegerField()


class _StreakSerializer(serializers.Serializer[Any]):
    current = serializers.IntegerField()
    best = serializers.IntegerField()


class _SpeakingSerializer(serializers.Serializer[Any]):
    seconds = serializers.IntegerField()
    by_language = serializers.DictField(child=serializers.IntegerField())


class _SessionsSerializer(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    by_kind = serializers.DictField(child=serializers.IntegerField())


class UserStatisticsSerializer(serializers.Serializer[Any]):
    """What it adds up to."""

    vocabulary = _VocabularySerializer(help_text="Words; due: now, by the limits of the day.")
    streak = _StreakSerializer(
        help_text="Days in a row with a recording or timed practice, in the person's time zone."
    )
    speaking = _SpeakingSerializer(help_text="Length of the speech sessions.")
    sessions = _SessionsSerializer(help_text="Number of speech sessions.")


class StatisticsApi(ConditionalGetMixin):
    """`users/stats/`."""

    @extend_schema(
        operation_id="users_stats",
        tags=["Accounts"],
        summary="Add it all up",
        description="Everything of one's own; a fixed number of queries, however much there is.",
        responses={200: UserStatisticsSerializer},
        examples=[OpenApiExample("answer", value=EXAMPLE, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """The totals of who asks."""
        return Response(statistics_of(cast("User", request.user)))


def statistics_of(user: User) -> dict[str, Any]:
    """Vocabulary, streak, seconds by language and sessions by kind of `user`, in seven queries."""
    sessions = SpeechSession.objects.filter(user=user).order_by()
    seconds = dict(sessions.values_list("language").annotate(Sum("duration")))
    kinds = dict(sessions.values_list("kind").annotate(Count("pk")))
    zone = first_known(user.time_zone, timezone.get_default_timezone_name()) or ZoneInfo("UTC")
    run = newest_run(_moments(user, sessions, zone))
    found = streak(run, Moment(timezone.now(), zone.key))
    return {
        "vocabulary": asdict(totals(user)),
        "streak": {"current": found.current, "best": found.best},
        "speaking": {"seconds": sum(seconds.values()), "by_language": seconds},
        "sessions": {"total": sum(kinds.values()), "by_kind": kinds},
    }


def _moments(user: User, sessions: Any, zone: ZoneInfo) -> list[Moment]:
    """When `user` recorded or practised: of every day the first and last moment are enough."""
    days = sessions.annotate(day=TruncDate("date", tzinfo=zone)).values_list("day", flat=True)
    moments = [Moment(datetime.combine(day, time(12), zone), zone.key) for day in days.distinct()]
    return moments + moments_of(user.pk)
