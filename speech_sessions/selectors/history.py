"""What somebody's earlier recordings measured, for the report of the next one."""

from django.db.models import F, Q, QuerySet

from speech_sessions.models import SpeechReport, SpeechSession

# The engine's measures and the columns of SpeechReport that keep their values.
COLUMNS = {
    "speech_rate": "speech_rate",
    "articulation_rate": "articulation_rate",
    "local_pace": "local_pace",
    "pace_variability": "pace_variability",
    "fillers": "fillers_per_minute",
    "filled_pauses": "filled_pauses_per_minute",
    "lexical_fillers": "lexical_fillers_per_minute",
    "pauses": "pauses_per_minute",
    "mean_pause": "mean_pause",
    "long_pauses": "long_pauses",
    "mid_clause_share": "mid_clause_share",
    "pause_share": "pause_share",
    "phonation_ratio": "phonation_ratio",
    "mean_length_of_run": "mean_length_of_run",
    "pitch_variation": "pitch_variation",
    "trailing_off": "trailing_off",
    "repetitions": "repetitions_per_100_words",
}
REMEMBERED = 5


def earlier_values(session: SpeechSession, version: str) -> list[dict[str, float]]:
    """Values by measure of the five recordings before `session`, oldest first.

    Only those of the same person, kind and language, and measured by the same formulas. One query.
    """
    comparable = of_its_kind(reports_before(session), session).filter(version=version)
    measured = comparable.values_list("document__measures", flat=True)[:REMEMBERED]
    return [
        {entry["name"]: entry["value"] for entry in measures if entry["value"] is not None}
        for measures in reversed(measured)
    ]


def last_said(session: SpeechSession) -> list[str]:
    """Ids of the sentences that the feedback on the five recordings before held, oldest first."""
    advice = reports_before(session).values_list("document__feedback__messages", flat=True)
    said = reversed(advice[:REMEMBERED])
    return [message["id"] for messages in said for message in (messages or {}).values()]


def last_sentences(session: SpeechSession) -> list[str]:
    """The sentences a language model worded for the recording before; empty where none did."""
    last = reports_before(session).values_list("document__feedback__rewording", flat=True).first()
    return list((last or {}).get("sentences", {}).values())


def reports_before(session: SpeechSession) -> QuerySet[SpeechReport]:
    """The shown reports of the same person's recordings before this one, the last first.

    Of recordings of one moment, such as files sent together, the one stored first comes before.
    """
    earlier = Q(session__date__lt=session.date)
    earlier |= Q(session__date=session.date, session_id__lt=session.pk)
    reports = SpeechReport.objects.filter(
        earlier, session__user=session.user_id, session__report_id=F("pk")
    )
    return reports.order_by("-session__date", "-session_id")


def of_its_kind(reports: QuerySet[SpeechReport], session: SpeechSession) -> QuerySet[SpeechReport]:
    """Of `reports` those whose numbers compare with the session's: same kind, same language."""
    return reports.filter(session__kind=session.kind, session__language=session.language)
