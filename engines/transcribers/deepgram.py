"""Deepgram: its call for recordings, by its documented wire format.

https://developers.deepgram.com/reference/speech-to-text/listen-pre-recorded
"""

from collections.abc import Sequence
from typing import Any

import httpx2

from engines.asking import LOOPBACK, host_of
from engines.bounded_client import BoundedClient
from engines.failures import of_silence, of_status
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
)
from engines.transcribers.uploads import flac

BASE_URL = "https://api.deepgram.com"
DEFAULT_MODEL = "nova-3"
LANGUAGE_SECONDS = 30


def load(options: TranscriberOptions) -> "DeepgramTranscriber":
    """A client for these options. Raises TranscriberError when there is no key."""
    if not options.api_key:
        raise TranscriberError("engine_unavailable", permanent=True, detail="Deepgram needs a key.")
    return DeepgramTranscriber(options)


class DeepgramTranscriber:
    """One client, kept with its connections."""

    encoder = None

    def __init__(self, options: TranscriberOptions) -> None:
        self._options = options
        self._model = options.model or DEFAULT_MODEL
        self._base = (options.base_url or BASE_URL).rstrip("/")
        self.client = BoundedClient()
        host = host_of(self._base)
        self.name = f"deepgram {self._model} at {host}"
        self.leaves_machine = host not in LOOPBACK

    def language_of(self, samples: Samples) -> tuple[str, float | None] | None:
        """The language of the first half minute, with its probability."""
        channel = self._ask(
            samples[: LANGUAGE_SECONDS * SAMPLE_RATE], {"detect_language": "true"}, None
        )
        code, confidence = channel.get("detected_language"), channel.get("language_confidence")
        return (code.partition("-")[0], confidence) if isinstance(code, str) else None

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
        """Send all of `samples` at once. The service takes no text for a prompt, so none goes."""
        wanted = {"language": language} if language else {"detect_language": "true"}
        channel = self._ask(samples, wanted, timeout)
        try:
            return _transcript(channel, language)
        except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
            raise of_silence(TranscriberError, "what came is no transcription") from error

    def _ask(
        self, samples: Samples, wanted: dict[str, str], timeout: float | None
    ) -> dict[str, Any]:
        try:
            response = self.client.post(
                f"{self._base}/v1/listen",
                params={
                    "model": self._model,
                    "smart_format": "true",
                    "filler_words": "true",
                    # What is sent must not be kept there to make models better.
                    "mip_opt_out": "true",
                    **wanted,
                },
                headers={
                    "Authorization": f"Token {self._options.api_key}",
                    "Content-Type": "audio/flac",
                },
                content=flac(samples),
                timeout=timeout or self._options.timeout,
            )
        except httpx2.HTTPError as error:
            raise of_silence(TranscriberError, str(error) or type(error).__name__) from error
        if response.status_code != 200:
            raise of_status(
                TranscriberError, response.status_code, response.headers, _said(response)
            )
        try:
            channel = response.json()["results"]["channels"][0]
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise of_silence(TranscriberError, "what came is no transcription") from error
        if not isinstance(channel, dict):
            raise of_silence(TranscriberError, "what came is no transcription")
        return channel


def _said(response: httpx2.Response) -> str:
    """What the service says is wrong: `err_msg`, without the rest of the page."""
    try:
        said = response.json()
        return str(said.get("err_msg") or said.get("message") or "")[:300]
    except (ValueError, AttributeError):
        return ""


def _transcript(channel: dict[str, Any], language: str | None) -> Transcript:
    best = channel["alternatives"][0]
    words = tuple(
        Word(
            text=str(word.get("punctuated_word") or word["word"]),
            start=round(float(word["start"]), 3),
            end=round(float(word["end"]), 3),
            confidence=round(float(word["confidence"]), 3),
        )
        for word in best.get("words") or ()
    )
    heard = channel.get("detected_language")
    code = heard.partition("-")[0] if isinstance(heard, str) else None
    return Transcript(
        text=best["transcript"].strip(),
        language=language or code or "",
        language_confidence=channel.get("language_confidence"),
        words=words,
        timing="words",
        heard_language=code,
    )
