"""What the OpenAPI description says of each call, beside what its code says."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)

from contract.documentation import IDEMPOTENCY_KEY, STILL_RUNNING
from contract.schema import error_answer
from practice.content_serializers import QuestionSerializer, SequenceSerializer
from practice.filters import HistoryFilters
from practice.kind_serializers import (
    KeptRecordingSerializer,
    RecordingSerializer,
    ResultSerializer,
    StartSerializer,
    WishSerializer,
)
from practice.serializers import (
    CompletedSerializer,
    CompleteSerializer,
    MarkStepSerializer,
    PauseSerializer,
    PracticeSessionDetailSerializer,
    PracticeSessionSerializer,
    ProgressSerializer,
    ResumeSerializer,
)
from practice.statistics_serializers import CalendarSerializer, OverviewSerializer
from practice.sync_serializers import OutcomesSerializer, SyncSerializer

_Call = TypeVar("_Call", bound=Callable[..., Any])

SESSIONS = ["Practice Sessions"]
CONTENT = ["Practice Content"]

_NUMBER = OpenApiParameter(
    "number", int, OpenApiParameter.PATH, description="The step, from 1 to 100."
)


_FIELDS = OpenApiParameter(
    "fields", str, description="Only these fields, separated by commas, such as `id,title`."
)
_UPDATED_AFTER = OpenApiParameter(
    "updated_after", str, description="Changed after this moment (ISO 8601) or day."
)


_FULL = error_answer(
    "One has 500 of one's own already, or the first request with this key is still running.",
    "too_many",
    "You have 500 sequences of your own. Delete one you no longer use first.",
)


def _session(summary: str, description: str, **more: Any) -> Callable[[_Call], _Call]:
    return extend_schema(tags=SESSIONS, summary=summary, description=description, **more)


def _content(summary: str, description: str, **more: Any) -> Callable[[_Call], _Call]:
    return extend_schema(tags=CONTENT, summary=summary, description=description, **more)


start = _session(
    "Start practising",
    "Without a sequence it is free practice, or of one of four kinds, about a question that fits "
    "the wish: `prompts` of the session says which. An older session that is open stays open.",
    request=StartSerializer,
    parameters=[IDEMPOTENCY_KEY],
    responses={
        201: PracticeSessionSerializer,
        404: OpenApiResponse(description="No such sequence or question."),
        409: STILL_RUNNING,
    },
)
complete = _session(
    "End a session",
    "The duration stands as sent: phones practise offline and report later. Ending a session again "
    "changes nothing and gives the same answer. Another person's session is 403.",
    request=CompleteSerializer,
    responses={200: CompletedSerializer, 404: OpenApiResponse(description="No such session.")},
)
pause = _session(
    "Take a break",
    "Keeps the larger of the stored and the sent duration. After the end nothing changes.",
    request=PauseSerializer,
    responses={200: ProgressSerializer},
)
resume = _session(
    "Go on",
    "Ends the break. After the end of the session nothing changes.",
    request=ResumeSerializer,
    responses={200: ProgressSerializer},
)
mark_step = _session(
    "Note a step",
    "Says whether a step was done, and how long it took. Sent again, the newest stands; after the "
    "end of the session nothing changes.",
    request=MarkStepSerializer,
    parameters=[_NUMBER],
    responses={200: PracticeSessionDetailSerializer},
)
current = _session(
    "The open session",
    "The newest that has not ended; 404 where there is none.",
    responses={200: PracticeSessionSerializer, 404: OpenApiResponse(description="None is open.")},
)
history = _session(
    "List sessions",
    "Newest first. With `updated_after`: what changed since, in the order of the changes, and then "
    "`{id, deleted_at}` for each one deleted since.",
    parameters=[
        _FIELDS,
        OpenApiParameter("status", str, enum=["completed", "partial", "abandoned"]),
        OpenApiParameter("kind", str, description="What was practised."),
        OpenApiParameter("date_after", str, description="From this day on, such as 2026-11-20."),
        OpenApiParameter("date_before", str, description="Until and with this day."),
        _UPDATED_AFTER,
        OpenApiParameter(
            "ordering",
            str,
            enum=[
                f"{sign}{name}"
                for name in HistoryFilters.base_filters["ordering"].param_map.values()
                for sign in ("", "-")
            ],
        ),
    ],
    responses={200: PracticeSessionDetailSerializer(many=True)},
)
destroy = _session(
    "Delete a session",
    "With its steps, breaks and notes; its minutes leave the totals and the calendar. What was "
    "recorded in it stays, as a speech session. Offline clients learn it by `updated_after`.",
    responses={204: None},
)
sync = _session(
    "Report what was done offline",
    "Up to 100 changes in the order in which they were made; each is answered for itself, with the "
    "status and body of the call of its own, or its error. A change happens once a `key`, within "
    "30 days. After a refused change later ones of the same session are 409 `earlier_refused`; "
    "other sessions are not held up.",
    request=SyncSerializer,
    responses={200: OutcomesSerializer},
)
stats = _session(
    "What it came to",
    "Totals over completed sessions, the streak, and time by week, month and kind over every "
    "session that ended. Days are those of the person's zone.",
    responses={200: OverviewSerializer},
)
calendar = _session(
    "One month, or one year",
    "The days on which one practised, in the person's zone.",
    parameters=[
        OpenApiParameter("month", str, description="Such as 2026-11; now if left out."),
        OpenApiParameter("year", int, description="Such as 2026, instead of a month."),
    ],
    responses={200: CalendarSerializer},
)
retrieve = _session(
    "Read a session",
    "With its steps, breaks and notes. `exceeds_clock`: the client claims over a minute more than "
    "passed on the server.",
    parameters=[_FIELDS],
    responses={200: PracticeSessionDetailSerializer},
)
another_question = _session(
    "Ask another question",
    "While nobody has spoken: the time to think begins anew, and what passed until now counts as a "
    "break. Once somebody speaks, or where nothing is asked: 409.",
    request=WishSerializer,
    responses={
        200: PracticeSessionDetailSerializer,
        404: OpenApiResponse(description="No such session, or no question fits."),
        409: OpenApiResponse(description="Somebody is speaking already."),
    },
)
recording = _session(
    "Send what was said",
    "The recording of the spoken steps, one after the other, becomes a speech session and is "
    "analysed; what was read aloud is held against its text. A session has one recording: 409 for "
    "another.",
    request=RecordingSerializer,
    parameters=[IDEMPOTENCY_KEY],
    responses={
        201: KeptRecordingSerializer,
        409: OpenApiResponse(description="It has its recording, or the first try still runs."),
        413: OpenApiResponse(description="Too large."),
        415: OpenApiResponse(description="Not a recording."),
    },
)
result = _session(
    "How it went",
    "What the kind of practice measures of the session's recording, held against one's own earlier "
    "ones. Until the analysis is done `analysis` says how far it is.",
    responses={200: ResultSerializer},
)
write_notes = _session(
    "Keep notes",
    "Changes `notes`, `reflection` and `checklist`; nothing else.",
    request=PracticeSessionDetailSerializer,
    responses={200: PracticeSessionDetailSerializer},
)

sequences = extend_schema_view(
    list=_content(
        "List sequences",
        "The product's own, and one's own. With `updated_after`: what changed since, in the order "
        "of the changes, and then `{id, deleted_at}` for each of one's own deleted since.",
        parameters=[
            _FIELDS,
            _UPDATED_AFTER,
            OpenApiParameter("kind", str, description="What is practised."),
        ],
    ),
    create=_content(
        "Make a sequence",
        "Its steps are gone through in order.",
        parameters=[IDEMPOTENCY_KEY],
        responses={201: SequenceSerializer, 409: _FULL},
    ),
    retrieve=_content("Read a sequence", "With its steps.", parameters=[_FIELDS]),
    update=_content("Change one's own sequence", "Replaces its steps. The product's own: 403."),
    partial_update=_content(
        "Change parts of one's own sequence",
        "What is left out stays; `steps` are replaced as a whole. The product's own: 403.",
    ),
    destroy=_content(
        "Delete one's own sequence", "Sessions practised with it stay.", responses={204: None}
    ),
)
duplicate = _content(
    "Duplicate a sequence",
    "A copy that is one's own to change: of the product's own, or of one's own.",
    request=None,
    parameters=[IDEMPOTENCY_KEY],
    responses={201: SequenceSerializer, 409: _FULL},
)
questions = extend_schema_view(
    list=_content("List questions", "By category, level, role and competence."),
    retrieve=_content("Read a question", "With what may be asked next."),
)
random_question = _content(
    "Draw a question",
    "One that fits `category`, `level`, `role` and `competence`, drawn anew each time.",
    responses={200: QuestionSerializer},
)
