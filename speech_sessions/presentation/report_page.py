"""The page of one session: what stands where, in every state its analysis can be in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from speech_sessions import selectors
from speech_sessions.models import AnalysisRun, SpeechSession
from speech_sessions.presentation.focus import Focus, focus_of
from speech_sessions.presentation.headlines import (
    ENOUGH_TO_COMPARE,
    Headline,
    headlines,
    reason_of,
)
from speech_sessions.presentation.margin_notes import MarginNote, margin_notes
from speech_sessions.presentation.measures import Text, measure_called
from speech_sessions.presentation.measures_table import (
    Section,
    delivery_sections,
    words_sections,
)
from speech_sessions.presentation.moments import Moments, moments_of
from speech_sessions.presentation.own_bands import with_own_bands
from speech_sessions.presentation.place import worded_by
from speech_sessions.presentation.player import player_data
from speech_sessions.presentation.rows import fillers_per_minute
from speech_sessions.presentation.sentences import sentence
from speech_sessions.presentation.timeline import Timeline, timeline
from speech_sessions.presentation.transcript import paragraphs
from speech_sessions.presentation.transcript_parts import Part, part_of
from speech_sessions.presentation.word_lists import WordList, word_lists
from speech_sessions.presentation.wording import duration, language_name, moment, number
from speech_sessions.selectors.analytics import MEASURES

LAST_VALUES = 5
BY_HAND = {
    "duration": gettext_lazy("length"),
    "filler_count": gettext_lazy("fillers"),
    "pacing_analysis": gettext_lazy("pacing"),
    "transcription": gettext_lazy("transcript"),
    "confidence_score": gettext_lazy("confidence"),
}


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything a finished report shows."""

    focus: Focus | None
    last_values: list[str]
    comparison: str
    headlines: list[Headline]
    notices: list[str]
    player: dict[str, Any] | None
    transcript: Part
    margin_notes: list[MarginNote]
    timeline: Timeline | None
    delivery: list[Section]
    words: list[Section]
    word_lists: list[WordList]
    to_hear: Moments
    about: Text
    certainty: str
    corrections: str
    worded_by: str


def report_page(session: SpeechSession, user: User, part: str = "") -> ReportPage | None:
    """What the newest report of `session` shows; None before there is one.

    `part` is the number of the part of the transcript that was asked for.
    """
    document = selectors.report_document(session)
    if document is None:
        return None
    document = with_own_bands(document, selectors.own_ranges(session.user_id, session.kind))
    focus = focus_of(session, document["feedback"])
    earlier = cache(partial(_earlier, user, session))
    last_values = _last_values(focus, session, earlier)
    player = player_data(session) if session.audio_file else None
    return ReportPage(
        focus=focus if focus.title or focus.strength else None,
        last_values=last_values,
        # It is as old as the report: recordings of earlier days may have come since.
        comparison="" if len(last_values) > ENOUGH_TO_COMPARE else focus.comparison,
        headlines=headlines(document, earlier, _by_hand(session)),
        notices=[sentence(notice) for notice in document["notices"]],
        player=player,
        transcript=part_of(paragraphs(document), part),
        margin_notes=margin_notes(document),
        timeline=timeline(document, player["duration"]) if player else None,
        delivery=delivery_sections(document),
        words=words_sections(document),
        word_lists=word_lists(document),
        to_hear=_to_hear(document, focus.measure),
        about=measure_called(focus.measure).label if focus.measure else "",
        certainty=certainty(document),
        corrections=_corrections(session),
        worded_by=worded_by(document["feedback"].get("rewording")),
    )


def meta_line(session: SpeechSession, here: str) -> str:
    """Day, length, language, and how long the analysis took, where: `here` is said in words."""
    parts = [moment(session.date)]
    if session.duration:
        parts.append(duration(session.duration))
    parts.append(language_name(session.language))
    run = session.current_run
    if run and run.state == AnalysisRun.State.DONE and run.started_at and run.finished_at:
        seconds = max(1, (run.finished_at - run.started_at).total_seconds())
        sentence = (
            _("analysed in %(time)s %(here)s")
            if _stayed_here(session)
            else _("analysed in %(time)s")
        )
        parts.append(sentence % {"time": duration(seconds), "here": here})
    return " · ".join(parts)


def _stayed_here(session: SpeechSession) -> bool:
    document = selectors.report_document(session) or {}
    return not document.get("engine", {}).get("leaves_machine", False)


def _by_hand(session: SpeechSession) -> dict[str, float]:
    """Headline numbers that follow from what the person set."""
    rate = fillers_per_minute(session)
    if rate is None or not {"filler_count", "duration"} & set(session.hand_set):
        return {}
    return {"fillers": rate}


def _earlier(user: User, session: SpeechSession, name: str) -> Sequence[float]:
    column = measure_called(name).column
    if column not in MEASURES:
        return ()
    return selectors.recent_values(user, column, LAST_VALUES, before=session)


def _last_values(focus: Focus, session: SpeechSession, earlier: Any) -> list[str]:
    """The last five values of what the focus is about, oldest first, then this recording's."""
    before = earlier(focus.measure) if focus.measure else ()
    if not before:
        return []
    measure = measure_called(focus.measure)
    now = getattr(session.report, measure.column, None)
    values = [*reversed(before), *([] if now is None else [now])]
    return [measure.figure(value) for value in values[-LAST_VALUES - 1 :]]


def _to_hear(document: dict[str, Any], measure: str) -> Moments:
    """Where the recording shows what the focus is about."""
    for entry in document["measures"]:
        if entry["name"] == measure:
            return moments_of(entry["evidence"])
    return moments_of(())


def certainty(document: dict[str, Any]) -> str:
    """How sure all this is: what was measured of the detection, and how clear the words were."""
    by_name = {entry["name"]: entry for entry in document["measures"]}
    fillers = by_name.get("fillers")
    sentences = [reason_of(fillers)] if fillers and fillers["value"] is not None else []
    known = [
        word["confidence"]
        for word in document["transcript"]["words"]
        if word.get("confidence") is not None
    ]
    if known:
        mean = number(100 * sum(known) / len(known), 0)
        sentences.append(
            _("The words of this recording were recognised with a mean confidence of %(mean)s %%.")
            % {"mean": mean}
        )
    return " ".join(sentences)


def _corrections(session: SpeechSession) -> str:
    """Which values the person set, so that nobody wonders why lists show other numbers."""
    names = [str(BY_HAND[name]) for name in session.hand_set]
    if not names:
        return ""
    return _("Set by hand: %(names)s. This report shows what was measured.") % {
        "names": ", ".join(names)
    }
