"""All numbers of a report by subject: what they mean, how sure they are, where to hear them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from speech_sessions.presentation.headlines import RELIABILITY, Band, band_of, position, reason_of
from speech_sessions.presentation.measures import Measure, Text, measure_called
from speech_sessions.presentation.moments import Moments, moments_of

# A rate and its count are one thing to a reader.
COUNTS = {
    "fillers": "filler_count",
    "filled_pauses": "filled_pause_count",
    "lexical_fillers": "lexical_filler_count",
}
DELIVERY: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Pace"),
        ("speech_rate", "articulation_rate", "local_pace", "pace_variability"),
    ),
    (
        gettext_lazy("Pauses"),
        (
            "pauses",
            "mean_pause",
            "long_pauses",
            "pause_share",
            "mid_clause_share",
            "phonation_ratio",
            "mean_length_of_run",
            "longest_monologue",
        ),
    ),
    (
        gettext_lazy("Voice"),
        ("pitch_variation", "final_rises", "loudness_variation", "trailing_off"),
    ),
    (
        gettext_lazy("Fillers"),
        ("fillers", "filled_pauses", "filler_count", "filled_pause_count"),
    ),
)
WORDS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Choice of words"),
        ("lexical_fillers", "lexical_filler_count", "hedges", "weak_words", "conciseness"),
    ),
    (gettext_lazy("Said again"), ("repetitions", "false_starts")),
    (gettext_lazy("Sentences"), ("sentence_length", "questions")),
    (gettext_lazy("Reading aloud"), ("reading_accuracy", "reading_completeness")),
    (gettext_lazy("Vocabulary"), ("diversity", "moving_ratio")),
)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure; `count` is said beside a rate, `place` says where it lies in its band."""

    name: str
    label: Text
    meaning: Text
    figure: str
    unit: Text
    count: str
    band: Band | None
    place: str
    reliability: Text
    reason: str
    moments: Moments


@dataclass(frozen=True, slots=True)
class Section:
    """Measures of one subject."""

    title: Text
    rows: list[MeasureRow]


def delivery_sections(document: dict[str, Any]) -> list[Section]:
    """How it was said: pace, pauses, voice, fillers."""
    return _sections(document, DELIVERY)


def words_sections(document: dict[str, Any]) -> list[Section]:
    """What was said; measures that belong nowhere else stand at the end."""
    placed = {name for _title, names in (*DELIVERY, *WORDS) for name in names}
    names = tuple(entry["name"] for entry in document["measures"] if entry["name"] not in placed)
    return _sections(document, (*WORDS, (_("In all"), names)))


def _sections(
    document: dict[str, Any], subjects: tuple[tuple[Text, tuple[str, ...]], ...]
) -> list[Section]:
    by_name = {entry["name"]: entry for entry in document["measures"]}
    told = {
        count
        for rate, count in COUNTS.items()
        if rate in by_name and by_name[rate]["value"] is not None
    }
    sections = [
        Section(
            title,
            [
                _row(by_name[name], by_name.get(COUNTS.get(name, "")))
                for name in names
                if name in by_name and name not in told
            ],
        )
        for title, names in subjects
    ]
    return [section for section in sections if section.rows]


def _row(entry: dict[str, Any], count: dict[str, Any] | None) -> MeasureRow:
    measure = measure_called(entry["name"], entry["unit"])
    is_known = entry["value"] is not None
    return MeasureRow(
        name=measure.name,
        label=measure.label,
        meaning=measure.meaning,
        figure=measure.figure(entry["value"]),
        unit=measure.unit if is_known else "",
        count=_count(count) if is_known else "",
        band=band_of(measure, entry),
        place=_place(measure, entry),
        reliability=RELIABILITY[entry["reliability"]["level"]],
        reason=reason_of(entry),
        moments=moments_of(entry["evidence"]),
    )


def _count(count: dict[str, Any] | None) -> str:
    if count is None or count["value"] is None:
        return ""
    return _("%(count)s in all") % {"count": measure_called(count["name"]).figure(count["value"])}


def _place(measure: Measure, entry: dict[str, Any]) -> str:
    return position(measure, entry["band"]) if entry["band"] and entry["value"] is not None else ""
