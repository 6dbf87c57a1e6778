"""Filled pauses against labels: the detector, and beside it what it is built upon.

The development part of the telephone recordings, joined into files of five minutes. An event counts
as found when it overlaps a label within the tolerance; labels marked suspect are neither rewarded
nor punished. Intervals: 2,000 bootstrap samples of whole calls.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np
from numpy.typing import NDArray

from analysis import engine
from analysis.languages import bare_word, language
from analysis.options import AnalysisOptions
from analysis.timeline import Span, gaps
from analysis.vad import as_floats, detect_speech
from analysis.weights.corpus import Joined, decoded, joined
from analysis.windows import plan_windows
from benchmarks.accuracy.table import LABELLED, Row, labelled
from engines.transcribers import SAMPLE_RATE, Transcriber, Word, make

_SECTION = "filled pauses"
_ENGLISH = language("en")
_OPTIONS = AnalysisOptions(language="en")
_SAMPLES = 2_000
_GOALS = {"f1": 0.93, "onset": 0.060, "false": 0.2, "count": 0.10}

Recognise = Callable[[NDArray[np.int16], Sequence[Span]], tuple[Word, ...]]


@dataclass(slots=True)
class Counts:
    """Of one call: found, false and missed ones; seconds, and false ones where there are none."""

    right: int = 0
    false: int = 0
    missed: int = 0
    labels: int = 0
    onsets: list[float] = field(default_factory=list)


def rows() -> list[Row]:
    """Every figure, the detector first. Raises LeftOut without the labelled recordings."""
    labelled("telephone")
    transcriber = make(_OPTIONS.transcriber)
    heard = joined("dev")
    speech = [detect_speech(file.samples) for file in heard]
    ways: dict[str, Recognise] = {
        "sound and words": lambda a, s: _product(a, s, transcriber, by_sound=True),
        "words, prompted": lambda a, s: _product(a, s, transcriber, by_sound=False),
        "words, not prompted": lambda a, s: _unprompted(a, s, transcriber),
    }
    words = {
        name: [way(file.samples, spans) for file, spans in zip(heard, speech, strict=True)]
        for name, way in ways.items()
    }
    words["voice in gaps of 0.25 to 1 s between words"] = [
        _in_gaps(said, spans) for said, spans in zip(words["words, prompted"], speech, strict=True)
    ]
    found: list[Row] = []
    for name, said in words.items():
        found += _of_way(name, heard, said, goals=name == "sound and words")
    plain = _word_errors(heard, words["words, not prompted"])
    mine = _word_errors(heard, words["sound and words"])
    found += [
        _row(
            "word errors without fillers, prompted", f"{mine:.1%}", f"<= {plain:.1%}", mine <= plain
        ),
        _row("word errors without fillers, not prompted", f"{plain:.1%}"),
        *_on_read_speech(ways["sound and words"]),
    ]
    return found


def _product(
    samples: NDArray[np.int16],
    speech: Sequence[Span],
    transcriber: Transcriber,
    *,
    by_sound: bool,
) -> tuple[Word, ...]:
    blocks = engine.plan_blocks(speech, len(samples) / SAMPLE_RATE)
    return tuple(
        word
        for block in blocks
        for word in engine.transcribe(
            samples, block, _OPTIONS, transcriber, speech=speech, by_sound=by_sound
        ).words
    )


def _unprompted(
    samples: NDArray[np.int16], speech: Sequence[Span], transcriber: Transcriber
) -> tuple[Word, ...]:
    windows = plan_windows(speech, Span(0.0, len(samples) / SAMPLE_RATE), samples)
    return transcriber.transcribe(
        as_floats(samples), language="en", prompt=None, windows=windows
    ).words


def _in_gaps(words: Sequence[Word], speech: Sequence[Span]) -> tuple[Word, ...]:
    """The heuristic: whatever is voice and no word is a filled pause."""
    silent = gaps(speech)
    spoken = [Span(word.start, word.end) for word in words if not _filler(word)]
    return tuple(
        Word("uh", gap.start, gap.end)
        for gap in gaps(spoken)
        if 0.25 <= gap.length <= 1.0
        and gap.length - sum(gap.overlap(silence) for silence in silent) >= 0.15
    )


def _of_way(
    name: str, heard: Sequence[Joined], words: Sequence[Sequence[Word]], *, goals: bool
) -> list[Row]:
    near, strict = (_by_call(heard, words, tolerance) for tolerance in (0.25, 0.1))
    precision, recall, f1 = _scores(near)
    low, high = _interval(near)
    onsets = [onset for counts in near.values() for onset in counts.onsets]
    onset = median(onsets) if onsets else float("inf")
    marked, errors, minutes, false = _per_clip(heard, words)
    goal = _GOALS if goals else {}
    return [
        _row(
            f"{name}: F1 within 0.25 s (precision, recall)",
            f"{f1:.2f} ({precision:.2f}, {recall:.2f}), 95 % {low:.2f} to {high:.2f},"
            f" {sum(counts.labels for counts in near.values())} fillers of {len(near)} calls",
            ">= 0.93" if goal else "",
            f1 >= goal["f1"] if goal else None,
        ),
        _row(f"{name}: F1 within 0.1 s", f"{_scores(strict)[2]:.2f}"),
        _row(
            f"{name}: onset error, median",
            f"{onset * 1000:.0f} ms" if onsets else "none found",
            "<= 60 ms" if goal else "",
            onset <= goal["onset"] if goal else None,
        ),
        _row(
            f"{name}: count error of a recording with fillers, mean",
            f"{errors:.0%} ({marked} marked)",
            "<= 10 %" if goal else "",
            errors <= goal["count"] if goal else None,
        ),
        _row(
            f"{name}: false ones a minute of telephone speech without fillers",
            f"{false / minutes:.2f} in {minutes:.1f} min",
            "<= 0.2" if goal else "",
            false / minutes <= goal["false"] if goal else None,
        ),
    ]


def _by_call(
    heard: Sequence[Joined], words: Sequence[Sequence[Word]], tolerance: float
) -> dict[str, Counts]:
    counts = {clip.call: Counts() for file in heard for clip in file.clips}
    for file, said in zip(heard, words, strict=True):
        marked = [word for word in said if _filler(word)]
        free = list(marked)
        for label in file.labels:
            if not label.filler:
                continue
            hits = [w for w in free if _apart(Span(w.start, w.end), label.span) < tolerance]
            if label.suspect:
                continue
            mine = counts[file.call_at(label.span.start)]
            mine.labels += 1
            if not hits:
                mine.missed += 1
                continue
            best = max(hits, key=lambda w: Span(w.start, w.end).overlap(label.span))
            free.remove(best)
            mine.right += 1
            mine.onsets.append(abs(best.start - label.span.start))
        excused = [label.span for label in file.labels if label.filler and label.suspect]
        for word in free:
            if all(_apart(Span(word.start, word.end), span) >= tolerance for span in excused):
                counts[file.call_at(word.start)].false += 1
    return counts


def _scores(by_call: dict[str, Counts]) -> tuple[float, float, float]:
    table = np.array([(c.right, c.false, c.missed) for c in by_call.values()], dtype=float)
    return _of_sums(table.sum(axis=0))


def _of_sums(sums: NDArray[np.float64]) -> tuple[float, float, float]:
    right, false, missed = (float(value) for value in sums)
    return (
        right / max(1.0, right + false),
        right / max(1.0, right + missed),
        2 * right / max(1.0, 2 * right + false + missed),
    )


def _interval(by_call: dict[str, Counts]) -> tuple[float, float]:
    table = np.array([(c.right, c.false, c.missed) for c in by_call.values()], dtype=float)
    chosen = np.random.default_rng(0).integers(0, len(table), (_SAMPLES, len(table)))
    scores = [_of_sums(table[sample].sum(axis=0))[2] for sample in chosen]
    low, high = np.percentile(scores, [2.5, 97.5])
    return float(low), float(high)


def _per_clip(
    heard: Sequence[Joined], words: Sequence[Sequence[Word]]
) -> tuple[int, float, float, int]:
    """Marked in all, mean relative count error, minutes and false ones where there are none."""
    marked, errors, seconds, false = 0, [], 0.0, 0
    for file, said in zip(heard, words, strict=True):
        for clip in file.clips:
            here = sum(clip.span.start <= w.start < clip.span.end for w in said if _filler(w))
            marked += here
            if clip.fillers:
                errors.append(abs(here - clip.fillers) / clip.fillers)
            else:
                false += here
                seconds += clip.span.length
    return marked, float(np.mean(errors)), seconds / 60, false


def _on_read_speech(recognise: Recognise) -> list[Row]:
    """Fluent readers with a wide band, none of whom the detector was trained on."""
    table = (LABELLED / "wideband" / "recordings.tsv").read_text(encoding="utf-8").splitlines()
    files = [line.split("\t") for line in table[1:]]
    read = [row[0] for row in files if row[1] == "read" and row[3] == "en"]
    seconds, false = 0.0, 0
    for name in read:
        samples = decoded(labelled("wideband", "audio", name))
        seconds += len(samples) / SAMPLE_RATE
        false += sum(_filler(word) for word in recognise(samples, detect_speech(samples)))
    rate = false / (seconds / 60)
    what = "sound and words: false ones a minute of fluent reading, wide band"
    return [_row(what, f"{rate:.2f} in {seconds / 60:.1f} min", "<= 0.2", rate <= _GOALS["false"])]


def _word_errors(heard: Sequence[Joined], words: Sequence[Sequence[Word]]) -> float:
    errors = total = 0
    for file, said in zip(heard, words, strict=True):
        truth = [bare_word(label.word) for label in file.labels if not label.filler]
        mine = [bare_word(word.text) for word in said if not _written(word)]
        errors += _distance(truth, mine)
        total += len(truth)
    return errors / total


def _distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Levenshtein distance in words."""
    row = list(range(len(other) + 1))
    for number, left in enumerate(one, 1):
        before, row[0] = row[0], number
        for at, right in enumerate(other, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (left != right))
    return row[-1]


def _filler(word: Word) -> bool:
    return _written(word) and not word.doubted


def _written(word: Word) -> bool:
    return _ENGLISH.is_filled_pause(word.text)


def _apart(one: Span, other: Span) -> float:
    return max(one.start - other.end, other.start - one.end)


def _row(what: str, figure: str, goal: str = "", met: bool | None = None) -> Row:
    return Row(_SECTION, what, figure, goal, met)
