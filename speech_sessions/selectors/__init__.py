"""Everything that reads sessions, their analysis and their numbers."""

from speech_sessions.selectors.analysis import analysis_state, player_of, report_document
from speech_sessions.selectors.analytics import Analytics, analytics, recent_values
from speech_sessions.selectors.bands import own_bands, own_ranges, spoken_language, usual_ranges
from speech_sessions.selectors.search import search
from speech_sessions.selectors.sessions import (
    ORDERINGS,
    filter_sessions,
    for_list,
    order_sessions,
    session_of,
    sessions_of,
    totals,
)
from speech_sessions.selectors.usage import Usage, usage_of

__all__ = [
    "ORDERINGS",
    "Analytics",
    "Usage",
    "analysis_state",
    "analytics",
    "filter_sessions",
    "for_list",
    "order_sessions",
    "own_bands",
    "own_ranges",
    "player_of",
    "recent_values",
    "report_document",
    "search",
    "session_of",
    "sessions_of",
    "spoken_language",
    "totals",
    "usage_of",
    "usual_ranges",
]
