"""Pauses: phrases of many voices with silences of known length between them, labels, and Praat.

Compared is alike with alike: silences of 0.25 s and more inside the talk, sounds and silences of
less than 0.1 s not counting, on both sides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from analysis.pauses import SHORTEST, talk_span
from analysis.speech_edges import levels
from analysis.timeline import Span, gaps, total
from analysis.vad import SAMPLE_RATE, detect_speech
from analysis.weights.corpus import Joined
from benchmarks.accuracy import praat, recordings
from benchmarks.accuracy.recordings import Samples
from benchmarks.accuracy.table import LeftOut, Row

SECTION = "Pauses"
HOP = SAMPLE_RATE // 100
# Seconds of silence between phrases, from and to.
TALKS = {"brisk": (0.3, 0.7), "calm": (0.5, 1.5), "slow": (1.0, 2.5)}
# How far the noise that is added lies below the speech, in dB.
NOISES = (None, 45.0, 30.0, 20.0)
GOAL_NOISE = 30.0
# A phrase: sound within 25 dB of the loud parts of its recording and 12 dB above its noise, for
# 0.6 s and more, broken by nothing longer than 80 ms.
LOUD_WITHIN, OUT_OF_NOISE = 25.0, 12.0
SHORTEST_PHRASE, LONGEST_BREAK = 60, 8
# Below the loudest moment; the first is what Praat offers.
THRESHOLDS = (-25.0, -30.0, -35.0)


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording, in the time of the file it lies in: pauses found in its talk, and labelled."""

    samples: Samples
    start: float
    found: list[Span]
    true: list[Span]
    talk: Span


@dataclass(slots=True)
class Compared:
    """Silences found and true, over recordings: seconds, and how far off the edges are."""

    found: float = 0.0
    true: float = 0.0
    shared: float = 0.0
    edges: list[float] = field(default_factory=list)

    def add(self, found: Sequence[Span], true: Sequence[Span]) -> None:
        """One more recording."""
        self.found += total(found)
        self.true += total(true)
        for span in true:
            over = [other for other in found if span.overlap(other) > 0]
            self.shared += sum(span.overlap(other) for other in over)
            if len(over) == 1:
                self.edges += [over[0].start - span.start, over[0].end - span.end]

    @property
    def shared_of_all(self) -> float:
        """Time that both call a pause, of all time that either does (IoU)."""
        return self.shared / (self.found + self.true - self.shared)

    @property
    def edge(self) -> float:
        """Median distance of an edge, in ms."""
        return 1000 * float(np.median(np.abs(self.edges)))


def rows() -> list[Row]:
    """Raises LeftOut where the labelled recordings are missing."""
    every = [samples for _, samples in recordings.clear(0.0)]
    phrases = [phrase for samples in every for phrase in phrases_of(samples)]
    found = [_known(phrases, noise) for noise in NOISES]
    clips = [clip for file in recordings.calls() for clip in _clips(file)]
    labels = Compared()
    for clip in clips:
        labels.add(clip.found, clip.true)
    found.append(
        Row(
            SECTION,
            "telephone calls, against silences between words placed by forced alignment (right to"
            " 34 ms at the median themselves): IoU (edges at the median, pause time)",
            _said(labels),
        )
    )
    try:
        praat.require()
    except LeftOut as why:
        return [*found, Row(SECTION, "against Praat", f"not measured: {why}")]
    long = [_clip(samples) for _, samples in recordings.clear()]
    return [
        *found,
        *_praat_against_labels(clips),
        _praat("clear", long),
        _praat("telephone", clips),
    ]


def _known(phrases: Sequence[Samples], noise: float | None) -> Row:
    """Pauses between phrases, with silence in them or noise under all of it."""
    said, worst, all_of = [], 0.0, Compared()
    for name, between in TALKS.items():
        samples, true, talk = talk_of(phrases, between, noise)
        speech = detect_speech(samples)
        found, length = _pauses(speech), talk_span(speech).length
        all_of.add(found, true)
        time = 100 * (total(found) / total(true) - 1)
        phonation = 100 * ((1 - total(found) / length) / (1 - total(true) / talk.length) - 1)
        said.append(f"{time:+.1f} and {phonation:+.1f} % {name}")
        worst = max(worst, abs(phonation))
    has_goal = noise is None or noise >= GOAL_NOISE
    where = "digital silence" if noise is None else f"noise {noise:.0f} dB below the speech"
    return Row(
        SECTION,
        f"{len(phrases)} phrases of many voices in {where}: pause time and phonation ratio off by"
        f" {', '.join(said)}; largest of the ratio (edges at the median, IoU)",
        f"{worst:.1f} % ({all_of.edge:.0f} ms, {all_of.shared_of_all:.3f})",
        "within 1 %" if has_goal else "",
        worst <= 1 if has_goal else None,
    )


def talk_of(
    phrases: Sequence[Samples],
    between: tuple[float, float],
    noise: float | None,
    after: float = 0.5,
) -> tuple[Samples, list[Span], Span]:
    """A recording, the silences in it, and from where to where it goes.

    `between` is how long the silences are, from and to (s), `noise` how far below the speech noise
    lies under all of it (dB), `after` how long it goes on after the last phrase (s).
    """
    chance = np.random.default_rng(7)
    parts = [np.zeros(SAMPLE_RATE // 2, np.int16)]
    at, true = len(parts[0]), []
    for number, phrase in enumerate(phrases):
        if number:
            silence = np.zeros(round(100 * chance.uniform(*between)) * HOP, np.int16)
            true.append(Span(at / SAMPLE_RATE, (at + len(silence)) / SAMPLE_RATE))
            parts.append(silence)
            at += len(silence)
        parts.append(phrase)
        at += len(phrase)
    talk = Span(0.5, at / SAMPLE_RATE)
    samples = np.concatenate([*parts, np.zeros(round(after * SAMPLE_RATE), np.int16)])
    if noise is not None:
        spoken = samples[samples != 0].astype(np.float64)
        level = np.sqrt(np.mean(spoken**2)) * 10 ** (-noise / 20)
        louder = samples + chance.normal(0.0, level, len(samples))
        samples = np.clip(np.round(louder), -32_768, 32_767).astype(np.int16)
    return samples, true, talk


def phrases_of(samples: Samples) -> Iterator[Samples]:
    """Stretches of sound of 0.6 s and more; nothing where noise is too near to tell."""
    level = levels(samples)
    loud, noise = np.percentile(level, 90), np.percentile(level, 5)
    if loud - noise < LOUD_WITHIN + OUT_OF_NOISE:
        return
    over = np.flatnonzero(level > loud - LOUD_WITHIN)
    for part in np.split(over, np.flatnonzero(np.diff(over) > LONGEST_BREAK) + 1):
        if part[-1] - part[0] >= SHORTEST_PHRASE:
            yield samples[part[0] * HOP : (part[-1] + 1) * HOP]


def _clips(file: Joined) -> Iterator[Clip]:
    """The recordings in a joined file, heard as part of it."""
    speech = detect_speech(file.samples)
    for clip in file.clips:
        first, last = (round(time * SAMPLE_RATE) for time in clip.span)
        words = [label.span for label in file.labels if clip.span.overlap(label.span) > 0]
        if words and last - first >= SAMPLE_RATE:
            talk = Span(words[0].start, words[-1].end)
            yield Clip(
                file.samples[first:last],
                clip.span.start,
                [span for span in _pauses(speech) if _inside(span, talk)],
                [span for span in gaps(words) if span.length >= SHORTEST],
                talk,
            )


def _clip(samples: Samples) -> Clip:
    """A recording of its own, without labels."""
    speech = detect_speech(samples)
    return Clip(samples, 0.0, _pauses(speech), [], talk_span(speech))


def _silences(clip: Clip, threshold: float) -> list[Span]:
    """Praat's silences in the talk of a clip, in the file's time."""
    found = praat.silences(clip.samples, threshold, SHORTEST)
    moved = [Span(clip.start + span.start, clip.start + span.end) for span in found]
    return [span for span in moved if _inside(span, clip.talk)]


def _praat_against_labels(clips: Sequence[Clip]) -> Iterator[Row]:
    """For comparison: how near the yardstick comes to the same labels."""
    for threshold in THRESHOLDS:
        compared = Compared()
        for clip in clips:
            compared.add(_silences(clip, threshold), clip.true)
        yield Row(
            SECTION,
            f"the same of Praat's silences, {-threshold:.0f} dB below the loudest of a clip",
            _said(compared),
        )


def _praat(what: str, clips: Sequence[Clip]) -> Row:
    compared = {threshold: Compared() for threshold in THRESHOLDS}
    for clip in clips:
        for threshold, each in compared.items():
            each.add(clip.found, _silences(clip, threshold))
    under = ", ".join(f"{-threshold:.0f}" for threshold in THRESHOLDS)
    return Row(
        SECTION,
        f"pauses against Praat's silences, {len(clips)} {what} recordings: IoU where Praat calls"
        f" silent what is {under} dB below the loudest",
        ", ".join(f"{each.shared_of_all:.2f}" for each in compared.values()),
    )


def _said(compared: Compared) -> str:
    time = 100 * (compared.found / compared.true - 1)
    return f"{compared.shared_of_all:.2f} ({compared.edge:.0f} ms, {time:+.0f} %)"


def _pauses(speech: Sequence[Span]) -> list[Span]:
    return [span for span in gaps(speech) if span.length >= SHORTEST]


def _inside(span: Span, talk: Span) -> bool:
    return span.start > talk.start and span.end < talk.end
