"""The page of one session: what stands where, in every state its analysis can be in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from speech_sessions import selectors
from speech_sessions.models import AnalysisRun, SpeechSession
from speech_sessions.presentation.focus import Focus, focus_of
from speech_sessions.presentation.headlines import (
    RELIABILITY,
    Headline,
    headlines,
    position,
    said,
)
from speech_sessions.presentation.margin_notes import MarginNote, margin_notes
from speech_sessions.presentation.measures import Text, measure_called
from speech_sessions.presentation.player import player_data
from speech_sessions.presentation.rows import title_of
from speech_sessions.presentation.transcript import Piece, paragraphs
from speech_sessions.presentation.wording import duration, language_name, moment, number

LAST_VALUES = 5
UNSPACED = ("ja", "th", "yue", "zh")  # languages written without blanks between words
EVIDENCE_SHOWN = 6
BY_HAND = {
    "duration": gettext_lazy("length"),
    "filler_count": gettext_lazy("fillers"),
    "pacing_analysis": gettext_lazy("pacing"),
    "transcription": gettext_lazy("transcript"),
    "confidence_score": gettext_lazy("confidence"),
}


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure in the table; `evidence` holds moments in seconds, at most a few."""

    label: Text
    meaning: Text
    value: str
    band: str
    reliability: Text
    reason: str
    evidence: list[float]
    more_evidence: int


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything a finished report shows."""

    focus: Focus | None
    last_values: list[str]
    headlines: list[Headline]
    notices: list[str]
    player: dict[str, Any] | None
    paragraphs: list[list[Piece]]
    between_words: str
    margin_notes: list[MarginNote]
    measures: list[MeasureRow]
    certainty: str
    corrections: str


def report_page(session: SpeechSession, user: User) -> ReportPage | None:
    """What the newest report of `session` shows; None before there is one."""
    document = selectors.report_document(session)
    if document is None:
        return None
    focus = focus_of(session, document["feedback"])
    earlier = partial(_earlier, user, session)
    return ReportPage(
        focus=focus if focus.title or focus.strength else None,
        last_values=_last_values(focus, session, earlier),
        headlines=headlines(document, earlier),
        notices=[notice["text"] for notice in document["notices"]],
        player=player_data(session) if session.audio_file else None,
        paragraphs=paragraphs(document),
        between_words="" if document["language"] in UNSPACED else " ",
        margin_notes=margin_notes(document),
        measures=[_measure_row(entry) for entry in document["measures"]],
        certainty=certainty(document),
        corrections=_corrections(session),
    )


def meta_line(session: SpeechSession) -> str:
    """Day, length, language, and how long the analysis took, where."""
    parts = [moment(session.date)]
    if session.duration:
        parts.append(duration(session.duration))
    parts.append(language_name(session.language))
    run = session.current_run
    if run and run.state == AnalysisRun.State.DONE and run.started_at and run.finished_at:
        took = duration((run.finished_at - run.started_at).total_seconds())
        parts.append(
            _("analysed in %(time)s on this computer") % {"time": took}
            if _stayed_here(session)
            else _("analysed in %(time)s") % {"time": took}
        )
    return " · ".join(parts)


def title_and_crumb(session: SpeechSession) -> tuple[str, str]:
    """The title of the page, and what stands before it."""
    return title_of(session), session.get_kind_display()


def _stayed_here(session: SpeechSession) -> bool:
    document = selectors.report_document(session) or {}
    return not document.get("engine", {}).get("leaves_machine", False)


def _earlier(user: User, session: SpeechSession, name: str) -> Sequence[float]:
    try:
        return selectors.recent_values(user, name, LAST_VALUES, before=session)
    except ValueError:  # a measure that is not charted
        return ()


def _last_values(focus: Focus, session: SpeechSession, earlier: Any) -> list[str]:
    """The last values of what the focus is about, oldest first, this recording's at the end."""
    if not focus.measure or (before := earlier(focus.measure)) in ((), []):
        return []
    measure = measure_called(focus.measure)
    now = getattr(session.report, focus.measure, None)
    values = [*reversed(before), *([] if now is None else [now])]
    return [number(value * measure.factor, measure.decimals) for value in values[-LAST_VALUES:]]


def _measure_row(entry: dict[str, Any]) -> MeasureRow:
    measure = measure_called(entry["name"], entry["unit"])
    moments = [span[0] for span in entry["evidence"]]
    return MeasureRow(
        label=measure.label,
        meaning=measure.meaning,
        value=said(measure, entry["value"]),
        band=position(measure, entry["band"]) if entry["band"] else "",
        reliability=RELIABILITY[entry["reliability"]["level"]],
        reason=entry["reliability"]["reason"],
        evidence=moments[:EVIDENCE_SHOWN],
        more_evidence=max(0, len(moments) - EVIDENCE_SHOWN),
    )


def certainty(document: dict[str, Any]) -> str:
    """How sure all this is, from the report's own figures."""
    levels = [entry["reliability"]["level"] for entry in document["measures"]]
    known = [
        word["confidence"]
        for word in document["transcript"]["words"]
        if word.get("confidence") is not None
    ]
    sentences = []
    if known:
        mean = number(100 * sum(known) / len(known), 0)
        sentences.append(
            _("The words were recognised with a mean confidence of %(percent)s %%.")
            % {"percent": mean}
        )
    sure = levels.count("high")
    sentences.append(
        ngettext(
            "%(sure)s of %(all)s numbers is measured, the others are estimated or uncertain.",
            "%(sure)s of %(all)s numbers are measured, the others are estimated or uncertain.",
            sure,
        )
        % {"sure": sure, "all": len(levels)}
        if sure < len(levels)
        else _("All numbers are measured.")
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
