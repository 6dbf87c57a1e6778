"""A report as text for a terminal: what to do first, then the numbers, then the moments."""

import itertools
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.languages import language
from analysis.messages import clock, plain
from analysis.pauses import LONG
from analysis.report import Band, Measure, Message, Report

WIDTH = 88
INDENT = "  "
# Told in tenths or hundredths where that is what they differ by; the rest are whole or in tenths.
_FINE = {"ratio": 2, "s": 1, "syllables/s": 2}


def written(path: Path, report: Report, width: int = WIDTH) -> str:
    """The whole report, wrapped at `width` columns where sentences are longer."""
    parts = (
        _headline(path, report),
        _advice(report, width),
        _paragraph(report.pacing, width),
        _table(report),
        _reasons(report, width),
        _moments(report),
        _said(report, width),
    )
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part)))


def _headline(path: Path, report: Report) -> Iterator[str]:
    kind = report.kind.replace("_", " ")
    facts = (clock(report.duration_seconds), language(report.language).name, kind)
    title = INDENT.join((path.name, *facts))
    yield title
    yield "=" * len(title)
    told = {message.id for message in report.pacing}
    for notice in report.notices:
        if notice.id not in told:
            yield f"! {notice.text}"


def _advice(report: Report, width: int) -> Iterator[str]:
    said = report.feedback
    lines: dict[str, Message | None] = {
        "Practise": said.focus,
        "Why": said.why,
        "Drill": said.drill,
        "Goal": said.goal,
        "So far": said.comparison,
        "Keep": said.strength,
    }
    for label, message in lines.items():
        if message:
            yield from _labelled(label, message.text, width)
        if label == "Why" and said.clip:
            yield from _labelled("Hear", f"{clock(said.clip.start)} to {clock(said.clip.end)}", 88)


def _labelled(label: str, text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, width, initial_indent=f"{label:<10}", subsequent_indent=" " * 10
    ) or [label]


def _paragraph(sentences: Sequence[Message], width: int) -> Iterator[str]:
    yield from textwrap.wrap(" ".join(sentence.text for sentence in sentences), width)


def _table(report: Report) -> Iterator[str]:
    notes = _numbered_reasons(report)
    rows = [("measure", "value", "unit", "usual range", "sure")]
    rows += [
        (
            measure.name.replace("_", " "),
            figure(measure),
            measure.unit,
            _usual(measure.band),
            f"{measure.reliability.level} [{notes[measure.reliability.reason]}]",
        )
        for measure in report.measures
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        name, value, *rest = row
        cells = [name.ljust(widths[0]), value.rjust(widths[1])]
        cells += [cell.ljust(wide) for cell, wide in zip(rest, widths[2:], strict=True)]
        yield INDENT.join(cells).rstrip()
        if not number:
            yield INDENT.join("-" * wide for wide in widths)


def figure(measure: Measure) -> str:
    """The value as it is read; a dash where it is hidden."""
    if measure.value is None:
        return "–"
    decimals = _FINE.get(measure.unit)
    return plain(measure.value) if decimals is None else f"{measure.value:.{decimals}f}"


def _usual(band: Band | None) -> str:
    if band is None:
        return ""
    ends = (band.low, band.high)
    low, high = (None if end is None else f"{end:g}" for end in ends)
    if low is None:
        return f"to {high}, {band.label}"
    return f"from {low}, {band.label}" if high is None else f"{low} to {high}, {band.label}"


def _numbered_reasons(report: Report) -> dict[str, int]:
    """Reasons by the number under which they stand below the table."""
    reasons = dict.fromkeys(measure.reliability.reason for measure in report.measures)
    return {reason: number for number, reason in enumerate(reasons, 1)}


def _reasons(report: Report, width: int) -> Iterator[str]:
    for reason, number in _numbered_reasons(report).items():
        yield from textwrap.wrap(
            reason, width, initial_indent=f"{f'[{number}]':<5}", subsequent_indent=" " * 5
        )


def _moments(report: Report) -> Iterator[str]:
    """Everything marked that has a time, but for the pauses under a second."""
    long = report.measure("long_pauses")
    told = set(long.evidence) if long else set()
    marked = [
        event
        for event in report.events
        if event.start is not None and (event.type != "pause" or (event.start, event.end) in told)
    ]
    if not marked:
        return
    yield "Moments"
    for event in marked:
        start, end = event.start or 0.0, event.end or 0.0
        kind = event.type.replace("_", " ") + (" (possible)" if event.tier == "possible" else "")
        yield f"{clock(start):>8}  {end - start:4.1f} s  {kind}  {event.text}".rstrip()


def _said(report: Report, width: int) -> Iterator[str]:
    """The words, in paragraphs that begin at a pause of a second or more."""
    yield "Words"
    if report.timing == "text" or not report.words:
        yield from textwrap.wrap(report.text, width)
        return
    paragraph = [report.words[0]]
    for before, word in itertools.pairwise(report.words):
        if word.start - before.end >= LONG:
            yield from _spoken(paragraph[0].start, [w.text for w in paragraph], width)
            paragraph = []
        paragraph.append(word)
    yield from _spoken(paragraph[0].start, [w.text for w in paragraph], width)


def _spoken(start: float, words: Sequence[str], width: int) -> list[str]:
    text = " ".join(words)
    return textwrap.wrap(
        text, width, initial_indent=f"{clock(start):>8}  ", subsequent_indent=" " * 10
    )
