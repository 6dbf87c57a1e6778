"""Recognition by OpenAI, or by any server that speaks its protocol, on this machine or elsewhere.

`whisper-1` and most other servers give word times (`verbose_json`). Newer models of OpenAI answer
with text alone, some servers with segments: the transcript's `timing` says which it was.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import openai
from openai import OpenAI
from openai.types.audio import Transcription, TranscriptionVerbose

from engines.asking import LOOPBACK
from engines.bounded_client import BoundedClient
from engines.failures import of_silence, of_status
from engines.transcribers import (
    SAMPLE_RATE,
    Progress,
    Samples,
    States,
    Timing,
    TranscriberError,
    TranscriberOptions,
    Transcript,
    Window,
    Word,
)
from engines.transcribers.language_names import code_of
from engines.transcribers.uploads import flac

BASE_URL = "https://api.openai.com/v1"
DEFAULT_MODEL = "whisper-1"
TEXT_ONLY = ("gpt-",)
# The service takes 25 MB. Ten minutes are 19 MB even where FLAC saves nothing.
LONGEST_UPLOAD = 600.0
LANGUAGE_SECONDS = 30


def load(options: TranscriberOptions) -> "OpenAITranscriber":
    """A client for these options. Raises TranscriberError when there is no key and no server."""
    if not options.api_key and not options.base_url:
        raise TranscriberError(
            "engine_unavailable", permanent=True, detail="OpenAI needs a key or a server's address."
        )
    return OpenAITranscriber(options)


class OpenAITranscriber:
    """One client, kept with its connections."""

    encoder = None

    def __init__(self, options: TranscriberOptions) -> None:
        self._model = options.model or DEFAULT_MODEL
        self._verbose = not self._model.startswith(TEXT_ONLY)
        self._client = OpenAI(
            api_key=options.api_key or "none",  # the client insists; local servers do not look
            # Given by name: the SDK would else take an address from the environment.
            base_url=options.base_url or BASE_URL,
            timeout=options.timeout,
            max_retries=options.retries,
            http_client=BoundedClient(),
        )
        host = urlsplit(str(self._client.base_url)).hostname
        self.name = f"openai {self._model} at {host}"
        self.leaves_machine = host not in LOOPBACK

    def language_of(self, samples: Samples) -> tuple[str, float | None] | None:
        """The language of the first half minute: one short request, where the model says it."""
        if not self._verbose:
            return None
        answer = self._ask(samples[: LANGUAGE_SECONDS * SAMPLE_RATE], None, None, None)
        code = code_of(getattr(answer, "language", None))
        return (code, None) if code else None

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
        """Send `samples` in parts of at most ten minutes, cut between windows where given."""
        seconds = len(samples) / SAMPLE_RATE
        parts = []
        for start, end in _uploads(windows, seconds):
            cut = samples[int(start * SAMPLE_RATE) : int(end * SAMPLE_RATE)]
            answer = self._ask(cut, language, prompt, timeout)
            parts.append(_part(answer, start, end, language))
            if on_progress:
                on_progress(end / seconds)
        heard = next((part.heard_language for part in parts if part.heard_language), None)
        timings = {part.timing for part in parts}
        timing: Timing = next((t for t in ("text", "segments") if t in timings), "words")
        return Transcript(
            text=" ".join(part.text for part in parts if part.text),
            language=language or heard or "",
            language_confidence=None,
            words=() if timing == "text" else tuple(w for part in parts for w in part.words),
            timing=timing,
            heard_language=heard,
        )

    def _ask(
        self, samples: Samples, language: str | None, prompt: str | None, timeout: float | None
    ) -> Transcription | TranscriptionVerbose:
        client = self._client
        if timeout is not None:
            client = client.with_options(timeout=timeout, max_retries=0)
        try:
            return self._request(client, flac(samples), language, prompt)
        except openai.APIStatusError as error:
            raise of_status(
                TranscriberError, error.status_code, error.response.headers, error.message
            ) from error
        except (openai.OpenAIError, ValueError) as error:
            raise of_silence(TranscriberError, str(error.__cause__ or error)) from error

    def _request(
        self, client: OpenAI, content: bytes, language: str | None, prompt: str | None
    ) -> Transcription | TranscriptionVerbose:
        wanted: dict[str, Any] = {
            name: value for name, value in (("language", language), ("prompt", prompt)) if value
        }
        file = ("speech.flac", content, "audio/flac")
        if self._verbose:
            try:
                verbose: TranscriptionVerbose = client.audio.transcriptions.create(
                    file=file,
                    model=self._model,
                    response_format="verbose_json",
                    timestamp_granularities=["word", "segment"],
                    temperature=0.0,
                    **wanted,
                )
                return verbose
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                # A model that only knows plain answers says so like this; a bad file fails again.
                if not re.search("response_format|verbose_json|granularit", str(error)):
                    raise
                self._verbose = False
        plain: Transcription = client.audio.transcriptions.create(
            file=file, model=self._model, response_format="json", temperature=0.0, **wanted
        )
        return plain


def _part(
    answer: Transcription | TranscriptionVerbose, start: float, end: float, language: str | None
) -> Transcript:
    """The transcript of one upload. Raises TranscriberError where what came is none."""
    try:
        words, timing = _words(answer, start, end)
        return Transcript(
            text=answer.text.strip(),
            language=language or "",
            language_confidence=None,
            words=words,
            timing=timing,
            heard_language=code_of(getattr(answer, "language", None)),
        )
    except (AttributeError, TypeError, ValueError) as error:
        # The SDK checks no types: a gateway's own page or object passes for a transcription.
        raise of_silence(TranscriberError, "what came is no transcription") from error


def _uploads(windows: Sequence[Window] | None, seconds: float) -> Iterator[Window]:
    """Stretches to send one by one, each at most as long as an upload may be."""
    if windows is None:
        step = LONGEST_UPLOAD
        windows = [(at, min(at + step, seconds)) for at in np.arange(0.0, seconds, step)]
    first: float | None = None
    last = 0.0
    for start, end in windows:
        if first is not None and end - first > LONGEST_UPLOAD:
            yield first, last
            first = None
        first = start if first is None else first
        last = end
    if first is not None:
        yield first, last


def _words(
    answer: Transcription | TranscriptionVerbose, start: float, end: float
) -> tuple[tuple[Word, ...], Timing]:
    """Words in the time of the whole, and what their times are worth."""
    words = getattr(answer, "words", None)
    if words:
        spoken = [
            Word(
                text=word.word.strip(),
                start=round(start + float(word.start), 3),
                end=round(min(start + float(word.end), end), 3),
            )
            for word in words
            if any(letter.isalnum() for letter in word.word)
        ]
        return _punctuated(spoken, answer.text), "words"
    segments = getattr(answer, "segments", None)
    if segments:
        spread = [
            word
            for segment in segments
            for word in _spread(segment.text, start + segment.start, start + segment.end)
        ]
        return tuple(spread), "segments"
    return (), "text"


def _punctuated(words: Sequence[Word], text: str) -> tuple[Word, ...]:
    """The words with the punctuation of the text, which word lists of this protocol leave out."""
    written = text.split()
    matcher = difflib.SequenceMatcher(
        None, [_bare(word.text) for word in words], [_bare(token) for token in written], False
    )
    texts = [word.text for word in words]
    for at, there, size in matcher.get_matching_blocks():
        texts[at : at + size] = written[there : there + size]
    return tuple(
        Word(text, word.start, word.end, word.confidence)
        for text, word in zip(texts, words, strict=True)
    )


def _bare(word: str) -> str:
    return re.sub(r"[^\w']", "", word.lower())


def _spread(text: str, start: float, end: float) -> Iterator[Word]:
    """The words of a segment, each with time by its number of letters."""
    words = text.split()
    letters = sum(map(len, words))
    at = start
    for word in words:
        after = at + (end - start) * len(word) / letters
        yield Word(word, round(at, 3), round(after, 3))
        at = after
