"""Goal and reminders over HTTP. What is not valid is answered 422."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ModelViewSet

from accounts.links import address
from accounts.models import User
from accounts.time_zones import InOwnZoneMixin
from contract.documentation import IDEMPOTENCY_KEY
from contract.errors import Conflict
from contract.etag import ConditionalGetMixin
from contract.idempotency import IdempotentCreateMixin
from contract.schema import error_answer
from practice import plan_selectors, services
from practice.api.refusals import PracticeRefusalsMixin
from practice.goal import week_of
from practice.models import Reminder
from practice.plan_serializers import (
    CalendarAddressSerializer,
    GoalChangesSerializer,
    GoalSerializer,
    ReminderSerializer,
)

_TAGS = ["Practice Plan"]
_FULL = error_answer(
    "One has ten reminders already, or the first request with this key is still running.",
    "too_many",
    "Ten reminders are the most. Delete one first.",
)


class GoalApi(PracticeRefusalsMixin, InOwnZoneMixin, ConditionalGetMixin):
    """`practice/goal/`."""

    @extend_schema(
        operation_id="practice_goal",
        tags=_TAGS,
        summary="Read the goal",
        description="Minutes a week, and how far the present week is. Every second on the practice "
        "clock counts, also of a practice that was broken off. Weeks are those of the person's "
        "zone; without a choice they begin as is usual in their language.",
        responses={200: GoalSerializer},
    )
    def get(self, request: Request) -> Response:
        """The goal of who asks."""
        return Response(GoalSerializer(week_of(cast("User", request.user))).data)

    @extend_schema(
        operation_id="practice_goal_change",
        tags=_TAGS,
        summary="Change the goal",
        description="What is left out stays; null goes back to what is usual.",
        request=GoalChangesSerializer,
        responses={200: GoalSerializer},
    )
    def patch(self, request: Request) -> Response:
        """Store what changed."""
        sent = GoalChangesSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        services.save_goal(cast("User", request.user), **sent.validated_data)
        return self.get(request)


class CalendarApi(PracticeRefusalsMixin):
    """`practice/reminders/calendar/`."""

    @extend_schema(
        operation_id="practice_reminders_calendar",
        tags=_TAGS,
        summary="The address of the calendar",
        description="A calendar program that follows it shows the reminders in the person's zone, "
        "each with an alarm. It needs no credentials: whoever knows the address reads the times.",
        responses={200: CalendarAddressSerializer},
    )
    def get(self, request: Request) -> Response:
        """Where it is."""
        plan = services.plan_of(cast("User", request.user))
        return Response({"url": address("practice:calendar", plan.calendar_key)})

    @extend_schema(
        operation_id="practice_reminders_calendar_renew",
        tags=_TAGS,
        summary="Give the calendar a new address",
        description="Nothing stands at the old address any more.",
        request=None,
        responses={200: CalendarAddressSerializer},
    )
    def post(self, request: Request) -> Response:
        """Another address."""
        plan = services.renew_calendar(cast("User", request.user))
        return Response({"url": address("practice:calendar", plan.calendar_key)})


@extend_schema_view(
    list=extend_schema(
        tags=_TAGS,
        summary="List reminders",
        description="By their time of day. A mail goes to a confirmed address, at most once a day "
        "each, and not on a day on which the day's share of the goal is practised already.",
    ),
    create=extend_schema(
        tags=_TAGS,
        summary="Set a reminder",
        description="A local time on some weekdays, in the zone of the profile; at most ten.",
        parameters=[IDEMPOTENCY_KEY],
        responses={201: ReminderSerializer, 409: _FULL},
    ),
    retrieve=extend_schema(tags=_TAGS, summary="Read a reminder", description="One's own."),
    update=extend_schema(
        tags=_TAGS, summary="Change a reminder", description="Replaces time and weekdays."
    ),
    partial_update=extend_schema(
        tags=_TAGS, summary="Change some of a reminder", description="What is left out stays."
    ),
    destroy=extend_schema(
        tags=_TAGS,
        summary="Delete a reminder",
        description="It leaves the calendar too.",
        responses={204: None},
    ),
)
class ReminderViewSet(
    PracticeRefusalsMixin,
    InOwnZoneMixin,
    ConditionalGetMixin,
    IdempotentCreateMixin,
    ModelViewSet[Reminder],
):
    """One's own reminders."""

    queryset = Reminder.objects.none()
    serializer_class = ReminderSerializer
    lookup_value_regex = "[0-9]{1,18}"
    filter_backends = ()

    def told(self, exc: Exception) -> Exception:
        """The API's own exception for one of reminders."""
        if isinstance(exc, services.TooManyReminders):
            return Conflict(_("Ten reminders are the most. Delete one first."), "too_many")
        return super().told(exc)

    def get_queryset(self) -> QuerySet[Reminder]:
        """Those of the person who asks."""
        return plan_selectors.reminders_of(cast("User", self.request.user))

    def perform_create(self, serializer: BaseSerializer[Reminder]) -> None:
        """Store a new one."""
        self._save(serializer, Reminder(user=cast("User", self.request.user)))

    def perform_update(self, serializer: BaseSerializer[Reminder]) -> None:
        """Store what changed."""
        assert serializer.instance is not None
        self._save(serializer, serializer.instance)

    def perform_destroy(self, instance: Reminder) -> None:
        """Forget it."""
        services.delete_reminder(instance)

    def _save(self, serializer: BaseSerializer[Reminder], reminder: Reminder) -> None:
        sent: dict[str, Any] = {"by_mail": reminder.by_mail} | serializer.validated_data
        serializer.instance = services.save_reminder(
            reminder,
            at=sent.get("at", reminder.at),
            weekdays=sent.get("weekdays", reminder.days),
            by_mail=sent["by_mail"],
        )
