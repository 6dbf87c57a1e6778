"""Between the JSON and forms of the API and what services take and selectors give."""

from speech_sessions.serializers.reports import (
    AnalyticsSerializer,
    EventSerializer,
    PeaksSerializer,
    ReportSerializer,
)
from speech_sessions.serializers.requests import (
    BulkResultsSerializer,
    BulkSerializer,
    ClipQuerySerializer,
)
from speech_sessions.serializers.sessions import SessionSerializer

__all__ = [
    "AnalyticsSerializer",
    "BulkResultsSerializer",
    "BulkSerializer",
    "ClipQuerySerializer",
    "EventSerializer",
    "PeaksSerializer",
    "ReportSerializer",
    "SessionSerializer",
]
