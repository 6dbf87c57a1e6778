"""What the OpenAPI description says of each call, beside what its code says."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)

from contract.documentation import (
    IDEMPOTENCY_KEY,
    IF_NONE_MATCH,
    KEY_REUSED,
    RANGE,
    STILL_RUNNING,
    STORED_SOUND,
    UNCHANGED,
)
from contract.schema import error_answer as _error
from speech_sessions.filters import AnalyticsFilters
from speech_sessions.serializers import (
    AnalyticsSerializer,
    BulkResultsSerializer,
    BulkSerializer,
    ClipQuerySerializer,
    EventSerializer,
    PeaksSerializer,
    ReportSerializer,
    SessionSerializer,
)
from speech_sessions.serializers.bands import OwnBandsSerializer

_Call = TypeVar("_Call", bound=Callable[..., Any])

TAGS = ["Speech Sessions"]
_BINARY = OpenApiTypes.BINARY

_USER = OpenApiParameter(
    "user", int, description="Staff with the permission only: the person it is about."
)
_FIELDS = OpenApiParameter(
    "fields", str, description="Only these fields, separated by commas, such as `id,title`."
)

_NO_RECORDING = _error(
    "Not there, not yours, or without a recording.",
    "no_recording",
    "This session has no recording.",
)
_NO_REPORT = _error(
    "Not there, not yours, or not analysed yet.",
    "no_report",
    "There is no report of this session yet.",
)


def _session(summary: str, description: str, **more: Any) -> Callable[[_Call], _Call]:
    return extend_schema(tags=TAGS, summary=summary, description=description, **more)


sessions = extend_schema_view(
    list=_session(
        "List sessions",
        "Newest first. With `updated_after`: what changed since, in the order of the changes, and "
        "then `{id, deleted_at}` for each deleted session.",
        parameters=[_USER, _FIELDS, IF_NONE_MATCH],
        responses={200: SessionSerializer(many=True), 304: UNCHANGED},
    ),
    create=_session(
        "Create a session",
        "JSON without a recording: `duration` is needed; a `transcription` is analysed as text. "
        "As multipart/form-data with `audio_file`: queued for analysis; the measured duration "
        "wins. Analysed values that are sent, and are neither empty nor 0, count as set by hand "
        "and win; the machine's are kept in the report.",
        parameters=[IDEMPOTENCY_KEY],
        responses={201: SessionSerializer, 409: STILL_RUNNING, 422: KEY_REUSED},
    ),
    retrieve=_session(
        "Read a session",
        "`analysis` says how far the newest analysis is.",
        parameters=[_USER, _FIELDS, IF_NONE_MATCH],
        responses={200: SessionSerializer, 304: UNCHANGED},
    ),
    update=_session(
        "Replace a session",
        "Without `audio_file` the recording stays. Fields that are left out stay too.",
        parameters=[_USER],
    ),
    partial_update=_session(
        "Change a session",
        "An analysed value that differs from the present one counts as set by hand, and wins over "
        "later analyses.",
        parameters=[_USER],
    ),
    destroy=_session(
        "Delete a session",
        "With its reports and its recording. Offline clients learn it by `updated_after`.",
        parameters=[_USER],
        responses={204: None},
    ),
)

analyze = _session(
    "Analyse again",
    "Queues a new analysis; the present report stays until the new one is there.",
    request=None,
    parameters=[IDEMPOTENCY_KEY],
    responses={
        202: SessionSerializer,
        409: _error(
            "An analysis is under way, or there is nothing to analyse (`nothing_to_analyse`).",
            "already_running",
            "An analysis is under way. Wait until it has finished.",
        ),
        422: KEY_REUSED,
    },
)

bulk_update = _session(
    "Change many sessions",
    "`restore` leads archived sessions to `analyzed` where a report exists, else to `pending`.",
    request=BulkSerializer,
    responses={200: BulkResultsSerializer},
)

report = _session(
    "Read the report",
    "Times are seconds from the start of the file. Corrections by hand do not change it.",
    parameters=[IF_NONE_MATCH],
    responses={200: ReportSerializer, 304: UNCHANGED, 404: _NO_REPORT},
)

events = _session(
    "List the events",
    "Fillers, pauses, repetitions and so on, in the order of the recording.",
    parameters=[
        OpenApiParameter("type", str, description="Only events of this type."),
        IF_NONE_MATCH,
    ],
    responses={200: EventSerializer(many=True), 304: UNCHANGED, 404: _NO_REPORT},
)

analytics = _session(
    "Numbers over time",
    "Totals count corrections by hand; averages, series and trends are what was measured. "
    "Days, weeks and months are those of the person's time zone.",
    parameters=[
        OpenApiParameter("from", str, description="From this day or moment on."),
        OpenApiParameter("to", str, description="Until and with this day or moment."),
        OpenApiParameter(
            "bucket",
            str,
            enum=AnalyticsFilters.base_filters["bucket"].extra["choices"],
            description="What `series` is cut into; `week` unless asked.",
        ),
        OpenApiParameter("kind", str, description="What kind of speech."),
        OpenApiParameter("language", str, description="`en` also finds `en-GB`."),
        _USER,
        IF_NONE_MATCH,
    ],
    responses={200: AnalyticsSerializer, 304: UNCHANGED},
)

peaks = _session(
    "Read the outline",
    "The recording's peaks, 0 to 1, to draw it without decoding it.",
    parameters=[IF_NONE_MATCH],
    responses={200: PeaksSerializer, 304: UNCHANGED},
)

audio = _session(
    "Fetch the recording",
    "As it was sent. Takes one Range; carries an ETag; `?download` names the file for keeping.",
    parameters=[
        RANGE,
        IF_NONE_MATCH,
        OpenApiParameter("download", str, description="Present: answered as an attachment."),
    ],
    responses={**STORED_SOUND, 404: _NO_RECORDING},
)

clip = _session(
    "Fetch a moment",
    "The sound between `start` and `end`, 60 s at most, with soft edges.",
    parameters=[ClipQuerySerializer],
    responses={
        (200, "audio/wav"): OpenApiResponse(_BINARY, description="The moment."),
        (200, "audio/mpeg"): OpenApiResponse(_BINARY, description="The moment."),
        404: _NO_RECORDING,
        415: _error(
            "The recording cannot be decoded.", "unreadable_file", "This file cannot be read."
        ),
    },
)

bands = _session(
    "Read the ranges",
    "One's own ranges, and the usual ones for a language (the newest session's unless given) and a "
    "kind of speech. Numbers are in the measures' own units: shares from 0 to 1.",
    parameters=[
        OpenApiParameter("kind", str, description="What kind of speech."),
        OpenApiParameter("language", str, description="Such as `en`."),
        IF_NONE_MATCH,
    ],
    responses={200: OwnBandsSerializer, 304: UNCHANGED},
)

set_bands = _session(
    "Set one's own ranges",
    "Replaces all of them; for what is left out the usual range holds again. An own range for a "
    "kind of speech wins over one for `any`.",
    request=OwnBandsSerializer,
    responses={200: OwnBandsSerializer},
)
