"""Where somebody speaks: the Silero network over the whole recording, in chunks.

The network keeps its state from chunk to chunk, so the result is that of one long run while
memory stays that of one chunk. It answers for frames of 32 ms; the edges of what it finds are then
moved to where the sound is (speech_edges.py).
"""

import functools
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from analysis.speech_edges import STEP, levels, sharpened
from analysis.timeline import Span, gaps

SAMPLE_RATE = 16_000
FRAME = 512
CONTEXT = 64
CHUNK_FRAMES = 1_900  # about a minute

# Silero recommends 0.5 and 0.35, where 17 of 100 labelled telephone words go unheard; here it is 4,
# for 3 instead of 2 % of labelled silence heard as speech, and noise still counts as none.
ENTER = 0.3
LEAVE = 0.15
# Where the network is nowhere as sure as this, nobody speaks: noise reaches 0.36 now and then.
SURE = 0.5
SHORTEST_SPEECH = 0.1
SHORTEST_SILENCE = 0.1

# A silence this long, in which it is for so long no more than so many dB softer than speech, is
# heard again with a new memory.
LONG_SILENCE = 2.0
LOUD_SECONDS = 0.5
AS_LOUD = 15.0

# Noise that nobody hears (-78 dB of full scale). Without it the network comes up to 0.7 s late
# after digital silence, as muted microphones and noise gates leave it.
DITHER = np.random.default_rng(0).normal(0.0, 4 / 32_768, SAMPLE_RATE).astype(np.float32)


def detect_speech(
    samples: NDArray[np.int16], on_progress: Callable[[float], None] | None = None
) -> tuple[Span, ...]:
    """Ordered stretches of speech in mono 16-bit samples at 16 kHz, in seconds.

    Silences under 0.1 s are bridged and what voice activity hears for less than 0.1 s is dropped;
    nothing is padded.
    """
    frames = -(-len(samples) // FRAME)
    duration = len(samples) / SAMPLE_RATE
    probabilities = np.empty(frames, dtype=np.float32)
    for first, chunk in _probabilities(samples):
        probabilities[first : first + len(chunk)] = chunk
        if on_progress:
            on_progress((first + len(chunk)) / frames)
    if probabilities.max(initial=0.0) < SURE:
        return ()
    level = levels(samples)
    heard = _spans(probabilities, duration)
    for deaf in _deaf(heard, level, duration):
        offset = round(deaf.start * SAMPLE_RATE) // FRAME
        part = samples[offset * FRAME : round(deaf.end * SAMPLE_RATE)]
        for first, chunk in _probabilities(part):
            here = slice(offset + first, offset + first + len(chunk))
            probabilities[here] = np.maximum(probabilities[here], chunk)
    return sharpened(_spans(probabilities, duration), level, duration)


def _deaf(heard: Sequence[Span], level: NDArray[np.float64], duration: float) -> list[Span]:
    """Where nobody is heard for long although it is about as loud as where somebody is.

    The network's memory settles on a voice and a room: after a change of either (another
    microphone, the next scene of a video) it can hear nothing for many seconds. With a new memory
    it hears what is there.
    """
    if not heard:
        return []
    spoken = np.concatenate([_steps(level, span) for span in heard])
    loud = float(np.median(spoken)) - AS_LOUD if len(spoken) else 0.0
    edges = [Span(0.0, 0.0), *heard, Span(duration, duration)]
    return [
        gap
        for gap in gaps(edges)
        if gap.length >= LONG_SILENCE and (_steps(level, gap) > loud).sum() * STEP >= LOUD_SECONDS
    ]


def _steps(level: NDArray[np.float64], span: Span) -> NDArray[np.float64]:
    return level[round(span.start / STEP) : round(span.end / STEP)]


@functools.lru_cache(maxsize=1)
def _session() -> onnxruntime.InferenceSession:
    package = importlib.util.find_spec("faster_whisper")
    if package is None or package.origin is None:
        message = "faster-whisper, which brings the voice activity model, is not installed"
        raise ModuleNotFoundError(message)
    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = 1
    options.intra_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(
        str(Path(package.origin).parent / "assets" / "silero_vad_v6.onnx"),
        providers=["CPUExecutionProvider"],
        sess_options=options,
    )


def as_floats(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """The same samples in [-1, 1), as networks want them."""
    return np.divide(samples, np.float32(32768), dtype=np.float32)


def _probabilities(samples: NDArray[np.int16]) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Number of the first frame and the probabilities of speech, chunk by chunk."""
    hidden = np.zeros((1, 1, 128), dtype=np.float32)
    cell = np.zeros((1, 1, 128), dtype=np.float32)
    before = np.zeros(CONTEXT, dtype=np.float32)
    step = CHUNK_FRAMES * FRAME
    for start in range(0, len(samples), step):
        chunk = as_floats(samples[start : start + step])
        chunk += DITHER[np.arange(start, start + len(chunk)) % len(DITHER)]
        chunk = np.pad(chunk, (0, -len(chunk) % FRAME)).reshape(-1, FRAME)
        contexts = np.vstack([before, chunk[:-1, -CONTEXT:]])
        before = chunk[-1, -CONTEXT:]
        speech, hidden, cell = _session().run(
            None, {"input": np.hstack([contexts, chunk]), "h": hidden, "c": cell}
        )
        yield start // FRAME, speech


def _spans(probabilities: NDArray[np.float32], duration: float) -> tuple[Span, ...]:
    """Hysteresis over frame probabilities, short silences bridged, short bursts dropped."""
    second = FRAME / SAMPLE_RATE
    spans: list[Span] = []
    start: int | None = None
    for frame, probability in enumerate(probabilities):
        if start is None and probability >= ENTER:
            start = frame
        elif start is not None and probability < LEAVE:
            spans.append(Span(start * second, frame * second))
            start = None
    if start is not None:
        spans.append(Span(start * second, duration))
    bridged: list[Span] = []
    for span in spans:
        if bridged and span.start - bridged[-1].end < SHORTEST_SILENCE:
            bridged[-1] = Span(bridged[-1].start, span.end)
        else:
            bridged.append(span)
    return tuple(
        Span(round(span.start, 3), round(min(span.end, duration), 3))
        for span in bridged
        if span.length >= SHORTEST_SPEECH
    )
