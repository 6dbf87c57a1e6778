"""Everything that writes sessions. Pages, API, admin and consumers call only these."""

from speech_sessions.services.analysis import (
    AlreadyRunning,
    NothingToAnalyse,
    request_analysis,
)
from speech_sessions.services.bands import (
    OwnRange,
    RangeRefused,
    check_range,
    set_ranges,
    set_ranges_of_kind,
)
from speech_sessions.services.bulk import BulkResult, apply_bulk_action
from speech_sessions.services.openings import note_opened
from speech_sessions.services.reanalysis import UnknownVersion, plan_reanalysis
from speech_sessions.services.recordings import RecordingRefused, submit_recording
from speech_sessions.services.records import create_record, update_session
from speech_sessions.services.removal import delete_session, delete_sessions

__all__ = [
    "AlreadyRunning",
    "BulkResult",
    "NothingToAnalyse",
    "OwnRange",
    "RangeRefused",
    "RecordingRefused",
    "UnknownVersion",
    "apply_bulk_action",
    "check_range",
    "create_record",
    "delete_session",
    "delete_sessions",
    "note_opened",
    "plan_reanalysis",
    "request_analysis",
    "set_ranges",
    "set_ranges_of_kind",
    "submit_recording",
    "update_session",
]
