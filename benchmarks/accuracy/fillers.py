"""Filled pauses against labels: the detector, and beside it what it is built upon.

The development part of the telephone recordings, joined into files of five minutes, and each
recording by itself (filler_events.py says what counts). Intervals: 2,000 bootstrap samples of whole
calls.
"""

from collections.abc import Callable, Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from analysis import engine
from analysis.languages import bare_word
from analysis.options import AnalysisOptions
from analysis.timeline import Span, gaps
from analysis.vad import detect_speech
from analysis.weights.corpus import Joined, decoded, joined
from benchmarks.accuracy.filler_events import (
    by_call,
    counted,
    interval,
    numbers,
    scores,
    written,
)
from benchmarks.accuracy.table import LABELLED, Row, labelled
from engines.transcribers import SAMPLE_RATE, Transcriber, Word, make

_SECTION = "filled pauses"
_OPTIONS = AnalysisOptions(language="en")
_GOALS = {"f1": 0.93, "onset": 0.060, "false": 0.2, "count": 0.10}

Recognise = Callable[[NDArray[np.int16], Sequence[Span]], tuple[Word, ...]]


def rows() -> list[Row]:
    """Every figure, the detector first. Raises LeftOut without the labelled recordings."""
    labelled("telephone")
    transcriber = make(_OPTIONS.transcriber)
    ways: dict[str, Recognise] = {
        "sound and words": lambda a, s: _product(a, s, transcriber, "sound"),
        "words, prompted": lambda a, s: _product(a, s, transcriber, "words"),
        "words, not prompted": lambda a, s: _product(a, s, transcriber, "unprompted"),
    }
    long = joined("dev")
    speech = [detect_speech(file.samples) for file in long]
    words = {
        name: [way(file.samples, spans) for file, spans in zip(long, speech, strict=True)]
        for name, way in ways.items()
    }
    words["voice in gaps of 0.25 to 1 s between words"] = [
        _in_gaps(said, spans) for said, spans in zip(words["words, prompted"], speech, strict=True)
    ]
    found: list[Row] = []
    for name, said in words.items():
        found += _of_way(f"joined, {name}", long, said, goals=name == "sound and words")
    short = joined("dev", seconds=0.0)
    for name in ("sound and words", "words, prompted"):
        said = [ways[name](file.samples, detect_speech(file.samples)) for file in short]
        found += _of_way(f"clips, {name}", short, said, goals=name == "sound and words")
    plain = _word_errors(long, words["words, not prompted"])
    mine = _word_errors(long, words["sound and words"])
    prompted = _word_errors(long, words["words, prompted"])
    found += [
        _row(
            "word errors without fillers, sound and words",
            f"{mine:.1%}",
            f"<= {plain:.1%}",
            mine <= plain,
        ),
        _row("word errors without fillers, prompted", f"{prompted:.1%}"),
        _row("word errors without fillers, not prompted", f"{plain:.1%}"),
        *_on_read_speech(ways["sound and words"]),
    ]
    return found


def _product(
    samples: NDArray[np.int16],
    speech: Sequence[Span],
    transcriber: Transcriber,
    fillers: engine.FillersBy,
) -> tuple[Word, ...]:
    blocks = engine.plan_blocks(speech, len(samples) / SAMPLE_RATE)
    return tuple(
        word
        for block in blocks
        for word in engine.transcribe(
            samples, block, _OPTIONS, transcriber, speech=speech, fillers=fillers
        ).words
    )


def _in_gaps(words: Sequence[Word], speech: Sequence[Span]) -> tuple[Word, ...]:
    """The heuristic: whatever is voice and no word is a filled pause."""
    silent = gaps(speech)
    spoken = [Span(word.start, word.end) for word in words if not counted(word)]
    return tuple(
        Word("uh", gap.start, gap.end)
        for gap in gaps(spoken)
        if 0.25 <= gap.length <= 1.0
        and gap.length - sum(gap.overlap(silence) for silence in silent) >= 0.15
    )


def _of_way(
    name: str, heard: Sequence[Joined], words: Sequence[Sequence[Word]], *, goals: bool
) -> list[Row]:
    overlapping, near, strict = (by_call(heard, words, tolerance) for tolerance in (0.0, 0.25, 0.1))
    precision, recall, f1 = scores(near)
    low, high = interval(near)
    onsets = [onset for counts in near.values() for onset in counts.onsets]
    onset = median(onsets) if onsets else float("inf")
    of = numbers(heard, words)
    rate = of.false / (of.seconds / 60)
    goal = _GOALS if goals else {}
    return [
        _row(
            f"{name}: F1 within 0.25 s (precision, recall)",
            f"{f1:.2f} ({precision:.2f}, {recall:.2f}), 95 % {low:.2f} to {high:.2f},"
            f" {sum(counts.labels for counts in near.values())} fillers of {len(near)} calls",
            ">= 0.93" if goal else "",
            f1 >= goal["f1"] if goal else None,
        ),
        _row(
            f"{name}: F1 at any overlap, within 0.1 s",
            f"{scores(overlapping)[2]:.2f}, {scores(strict)[2]:.2f}",
        ),
        _row(
            f"{name}: onset error, median",
            f"{onset * 1000:.0f} ms" if onsets else "none found",
            "<= 60 ms" if goal else "",
            onset <= goal["onset"] if goal else None,
        ),
        _row(
            f"{name}: count error of a recording with fillers, mean",
            f"{of.error:.0%}, 95 % {of.low:.0%} to {of.high:.0%};"
            f" {of.marked} marked of {of.labelled} in all",
            "<= 10 %" if goal else "",
            of.error <= goal["count"] if goal else None,
        ),
        *([_row(f"{name}: count error of a file, mean", f"{of.longer:.0%}")] * (len(heard) < 10)),
        _row(
            f"{name}: false ones a minute of telephone speech without fillers",
            f"{rate:.2f} in {of.seconds / 60:.1f} min",
            "<= 0.2" if goal else "",
            rate <= goal["false"] if goal else None,
        ),
    ]


def _on_read_speech(recognise: Recognise) -> list[Row]:
    """Readers with a wide band, none of whom the detector was trained on; learners do hesitate."""
    table = (LABELLED / "wideband" / "recordings.tsv").read_text(encoding="utf-8").splitlines()
    files = [line.split("\t") for line in table[1:]]
    kinds = {
        "fluent reading": "read",
        "reading by learners, some of whom hesitate": "read by a learner",
    }
    found = []
    for what, kind in kinds.items():
        seconds, marked = 0.0, 0
        for name in [r[0] for r in files if r[1].partition(",")[0] == kind and r[3] == "en"]:
            samples = decoded(labelled("wideband", "audio", name))
            seconds += len(samples) / SAMPLE_RATE
            marked += sum(counted(word) for word in recognise(samples, detect_speech(samples)))
        rate = marked / (seconds / 60)
        fluent = kind == "read"
        found.append(
            _row(
                f"sound and words: marked in a minute of {what}, wide band",
                f"{rate:.2f} in {seconds / 60:.1f} min",
                "<= 0.2" if fluent else "",
                rate <= _GOALS["false"] if fluent else None,
            )
        )
    return found


def _word_errors(heard: Sequence[Joined], words: Sequence[Sequence[Word]]) -> float:
    errors = total = 0
    for file, said in zip(heard, words, strict=True):
        truth = [bare_word(label.word) for label in file.labels if not label.filler]
        mine = [bare_word(word.text) for word in said if not written(word)]
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


def _row(what: str, figure: str, goal: str = "", met: bool | None = None) -> Row:
    return Row(_SECTION, what, figure, goal, met)
