"""Recognition on this machine: faster-whisper's batched pipeline, word times, no fall-back loops.

Measured on conversational telephone speech (docs/benchmarks.md): the batched pipeline is better
and 2.6 times faster than the sequential one, and a disfluent prompt given as `hotwords`, which
every window sees, keeps the hesitations that the model would otherwise smooth over.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from faster_whisper import BatchedInferencePipeline, WhisperModel
from faster_whisper.transcribe import Segment, get_ctranslate2_storage

from engines.transcribers import (
    SAMPLE_RATE,
    Progress,
    Samples,
    States,
    TranscriberError,
    TranscriberOptions,
    Transcript,
    Window,
    Word,
    heap,
)
from engines.transcribers.packaged_model import prepare
from engines.transcribers.side_by_side import SideBySide

# A window that repeats itself compresses far better than speech, and nobody says nine words a
# second: both are the marks of a decoder caught in a loop (the first is Whisper's own threshold).
LOOP_COMPRESSION = 2.4
LOOP_WORDS_A_SECOND = 9.0
# The sign that it said a stretch twice: words for which no sound is left.
SHORTEST_WORD = 0.02
LONGEST_ECHO = 12
# What the longest prompt leaves of the decoder's 448 places; only a loop comes to it.
MOST_TOKENS = 220
# On a processor; each has its share of the threads.
WORKERS = 2
LANGUAGE_SECONDS = 30
PADDING_FRAMES = 200
# The encoder of the packaged weights, whichever package they come from.
PACKAGED_ENCODER = "whisper-base"
STATES_A_SECOND = 50
FEWEST_FRAMES = 1_500


def load(options: TranscriberOptions) -> "FasterWhisper":
    """Load the model that `options` name. Raises TranscriberError."""
    path = options.model or str(prepare(options.model_directory))
    heap.use_one()
    threads = options.cpu_threads or _cores()
    workers = min(WORKERS, threads) if options.device == "cpu" else 1
    try:
        model = _ListeningModel(
            path,
            device=options.device,
            compute_type=options.compute_type,
            cpu_threads=-(-threads // workers),
            num_workers=workers,
            local_files_only=options.model is None,
        )
    except (OSError, RuntimeError, ValueError) as error:
        raise TranscriberError(
            "engine_unavailable",
            permanent=False,
            detail=f"The recognition model {options.model or 'base'!r} could not be loaded: "
            f"{error}",
        ) from error
    model.model = SideBySide(model.model, workers)
    return FasterWhisper(model, options)


def _cores() -> int:
    """Cores that this process may use, which in a container can be fewer than there are."""
    allowed = getattr(os, "sched_getaffinity", None)  # Linux alone tells
    return len(allowed(0)) if allowed else os.cpu_count() or 1


class _ListeningModel(WhisperModel):  # type: ignore[misc]  # the package ships no types
    """A model that encodes no more than there is, and notes each window's language.

    The pipeline pads every window to thirty seconds, and half of all time goes into encoding
    them. Cut to the longest window of a batch and two seconds, windows of 20 s give better words
    and more fillers than padded ones, for less (docs/benchmarks.md); under fifteen seconds the
    model begins to say things twice. The encoder's output is at hand when a window is recognised;
    asking it for the language there costs one decoder step, where a separate detection would cost
    a second encoder pass.
    """

    heard: list[list[tuple[str, float]]]
    padded = False
    on_encoded: Callable[[int], None] | None = None
    on_states: Callable[[np.ndarray], None] | None = None

    def encode(self, features: np.ndarray) -> Any:
        heap.give_back()
        features = features if self.padded else _without_padding(features)
        parts = [features]
        if self.model.device == "cpu" and features.ndim > 2:
            # One by one: what a window is to itself grows with the square of its length, and eight
            # at once need half a gigabyte more and a quarter more time. The outcome is the same.
            parts = [features[number : number + 1] for number in range(len(features))]
        encoded = self.model.each(super().encode, parts)
        if self.on_states and not self.padded:
            for part in encoded:
                self.on_states(np.array(part))
        if self.model.is_multilingual:
            self.heard += [
                [(token[2:-2], probability) for token, probability in window]
                for windows in self.model.each(self.model.detect_language, encoded)
                for window in windows
            ]
        if self.on_encoded:
            self.on_encoded(len(features))
        if len(encoded) == 1:
            return encoded[0]
        return get_ctranslate2_storage(np.concatenate([np.array(part) for part in encoded]))

    def find_alignment(
        self, tokenizer: Any, text_tokens: Any, encoder_output: Any, num_frames: Any, **options: Any
    ) -> list[Any]:
        if self.model.device != "cpu" or len(text_tokens) < 2:
            return list(
                super().find_alignment(
                    tokenizer, text_tokens, encoder_output, num_frames, **options
                )
            )
        # One by one here too: the decoder scores 51,865 tokens at each place of each text, and one
        # window caught in a loop makes every text of its batch as long: .7 GB for a second.
        states = np.array(encoder_output)
        align = super().find_alignment

        def aligned(number: int) -> list[Any]:
            here = slice(number, number + 1)
            encoded = get_ctranslate2_storage(states[here])
            return list(align(tokenizer, text_tokens[here], encoded, num_frames[here], **options))

        return [one for ones in self.model.each(aligned, range(len(text_tokens))) for one in ones]


def _without_padding(features: np.ndarray) -> np.ndarray:
    """Spectra (windows, mel bands, frames) without the frames that are padding in all of them."""
    used = np.flatnonzero(features.any(axis=tuple(range(features.ndim - 1))))
    frames = max(FEWEST_FRAMES, int(used[-1]) + 1 + PADDING_FRAMES if len(used) else 0)
    frames += frames % 2  # the encoder halves them
    return np.ascontiguousarray(features[..., :frames])


class FasterWhisper:
    """A Whisper model in this process's memory."""

    leaves_machine = False

    def __init__(self, model: _ListeningModel, options: TranscriberOptions) -> None:
        self.name = f"faster-whisper {options.model or 'base'} {options.compute_type}"
        # Elsewhere the states would have to be fetched from another memory or mean something else.
        packaged = options.model is None and options.device == "cpu"
        self.encoder = PACKAGED_ENCODER if packaged else None
        self._model = model
        self._pipeline = BatchedInferencePipeline(model)
        self._options = options

    def language_of(self, samples: Samples) -> tuple[str, float] | None:
        """The most probable language of the first half minute, with its probability."""
        self._model.heard = []
        language, probability, _ = self._model.detect_language(
            samples[: LANGUAGE_SECONDS * SAMPLE_RATE]
        )
        return language, probability

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None,
        prompt: str | None,
        windows: Sequence[Window] | None = None,
        on_progress: Progress | None = None,
        on_states: States | None = None,
        timeout: float | None = None,
    ) -> Transcript:
        """Recognise `samples`, window by window in batches; nothing is sent, so nothing is late."""
        if windows is not None and not windows:
            return Transcript("", language or "", None, (), "words")
        self._model.heard = []
        if windows and on_progress:
            self._model.on_encoded = _halfway(on_progress, len(windows))
        if windows and on_states and self.encoder:
            self._model.on_states = _in_turn(on_states, windows)
        try:
            segments, used = self._recognise(samples, language, prompt, windows)
        finally:
            self._model.on_encoded = self._model.on_states = None
        heard = self._model.heard
        if windows:
            segments = self._without_loops(samples, used, prompt, segments, windows)
        heap.give_back()
        return _transcript(segments, used, heard)

    def _recognise(
        self,
        samples: Samples,
        language: str | None,
        prompt: str | None,
        windows: Sequence[Window] | None,
    ) -> tuple[list[Segment], str]:
        clips = None if windows is None else [{"start": s, "end": e} for s, e in windows]
        try:
            segments, info = self._pipeline.transcribe(
                samples,
                language=language,
                beam_size=self._options.beam_size,
                temperature=0.0,
                word_timestamps=True,
                batch_size=self._options.batch_size,
                max_new_tokens=MOST_TOKENS,
                hotwords=prompt,
                clip_timestamps=clips,
                vad_filter=windows is None,
            )
            return list(segments), info.language
        except ValueError as error:
            raise TranscriberError(
                "unknown_language", permanent=True, detail=f"Recognition refused: {error}"
            ) from error
        except RuntimeError as error:
            raise TranscriberError(
                "engine_failed", permanent=False, detail=f"Recognition failed: {error}"
            ) from error

    def _without_loops(
        self,
        samples: Samples,
        language: str,
        prompt: str | None,
        segments: Iterable[Segment],
        windows: Sequence[Window],
    ) -> list[Segment]:
        """The segments, with windows that loop recognised again: padded, then also unprompted.

        Padding is what the model was trained with, and costs time: only one window in some needs
        it (docs/benchmarks.md).
        """
        by_window = _by_window(segments)
        for weaker_prompt in dict.fromkeys((prompt, None)):
            looping = [window for window in windows if _loops(by_window[_seek(window)], window)]
            if not looping:
                break
            self._model.padded = True
            try:
                again, _ = self._recognise(samples, language, weaker_prompt, looping)
            finally:
                self._model.padded = False
            by_window.update(_by_window(again))
        return [segment for seek in sorted(by_window) for segment in by_window[seek]]


def _halfway(on_progress: Progress, windows: int) -> Callable[[int], None]:
    """Tells of each batch once it is encoded, which is half of its time."""
    before = 0

    def encoded(count: int) -> None:
        nonlocal before
        on_progress((before + count / 2) / windows)
        before += count

    return encoded


def _in_turn(on_states: States, windows: Sequence[Window]) -> Callable[[np.ndarray], None]:
    """Gives each window its states, which come in the order of the windows, without padding."""
    coming = iter(windows)

    def encoded(batch: np.ndarray) -> None:
        for states, (start, end) in zip(batch, coming, strict=False):
            on_states(start, states[: int((end - start) * STATES_A_SECOND)])

    return encoded


def _by_window(segments: Iterable[Segment]) -> dict[int, list[Segment]]:
    grouped: dict[int, list[Segment]] = defaultdict(list)
    for segment in segments:
        grouped[segment.seek].append(segment)
    return grouped


def _seek(window: Window) -> int:
    """A window's number in the segments made of it: its start in whole frames of 10 ms."""
    return int(int(window[0] * SAMPLE_RATE) / SAMPLE_RATE * 100)


def _loops(segments: Sequence[Segment], window: Window) -> bool:
    words = [word for segment in segments for word in segment.words or ()]
    silent = [word.end - word.start < SHORTEST_WORD for word in words]
    return (
        len(words) > LOOP_WORDS_A_SECOND * (window[1] - window[0]) + 3
        or any(segment.compression_ratio > LOOP_COMPRESSION for segment in segments)
        or any(all(silent[first : first + 3]) for first in range(len(words) - 2))
        or (any(silent[-LONGEST_ECHO:]) and _echoes([word.word for word in words]))
    )


def _echoes(words: Sequence[str]) -> bool:
    """Whether the last words, two or more, say again what stands before them."""
    return any(
        words[-count:] == words[-2 * count : -count]
        for count in range(2, min(LONGEST_ECHO, len(words) // 2) + 1)
    )


def _transcript(
    segments: Sequence[Segment], language: str, heard: Sequence[Sequence[tuple[str, float]]]
) -> Transcript:
    words = tuple(
        Word(
            text=word.word.strip(),
            start=round(float(word.start), 3),
            end=round(float(word.end), 3),
            confidence=round(float(word.probability), 3),
        )
        for segment in segments
        for word in segment.words or ()
        if any(letter.isalnum() for letter in word.word)
    )
    text = " ".join(stripped for segment in segments if (stripped := segment.text.strip()))
    shares: dict[str, float] = defaultdict(float)
    for window in heard:
        for code, probability in window:
            shares[code] += probability / len(heard)
    return Transcript(
        text=text,
        language=language,
        language_confidence=round(shares[language], 3) if shares else None,
        words=words,
        timing="words",
        heard_language=max(shares, key=lambda code: shares[code]) if shares else None,
    )
