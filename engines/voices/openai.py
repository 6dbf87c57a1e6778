"""OpenAI's voices by its own SDK, or those of any server that speaks its protocol."""

import openai
from openai import OpenAI

from engines.asking import LOOPBACK, host_of
from engines.bounded_client import BoundedClient
from engines.failures import of_silence, of_status
from engines.voices import MANY, Sound, VoiceError, VoiceInfo, VoiceOptions
from engines.voices.wire import samples_in

BASE_URL = "https://api.openai.com/v1"
DEFAULT_MODEL = "gpt-4o-mini-tts"
DEFAULT_VOICE = "coral"
RATE = 24_000
SLOWEST, FASTEST = 0.25, 4.0
# Fixed: the service has no call that lists them.
VOICES = ("alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer")


def load(options: VoiceOptions) -> "OpenAIVoice":
    """A client for these options. Raises VoiceError when there is no key and no server."""
    if not options.api_key and not options.base_url:
        raise VoiceError(
            "engine_unavailable", permanent=True, detail="OpenAI needs a key or a server's address."
        )
    return OpenAIVoice(options)


class OpenAIVoice:
    """One client, kept with its connections."""

    def __init__(self, options: VoiceOptions) -> None:
        base = options.base_url or BASE_URL
        self._model = options.model or DEFAULT_MODEL
        self._voice = options.voice or DEFAULT_VOICE
        # All given by name: the SDK would else take them from the environment.
        self.client = OpenAI(
            api_key=options.api_key or "none",  # the client insists; local servers do not look
            base_url=base,
            max_retries=0,
            timeout=options.timeout,
            http_client=BoundedClient(),
        )
        self._at_openai = not options.base_url
        host = host_of(base)
        self.name = f"openai {self._model} at {host}"
        self.leaves_machine = host not in LOOPBACK

    def speak(
        self, text: str, *, language: str, voice: str | None, speed: float, timeout: float
    ) -> Sound:
        """One request."""
        chosen = voice or self._voice
        try:
            answer = self.client.audio.speech.create(
                model=self._model,
                voice=chosen,
                input=text,
                response_format="pcm",
                speed=min(max(speed, SLOWEST), FASTEST),
                timeout=timeout,
            )
        except openai.APIStatusError as error:
            raise of_status(
                VoiceError, error.status_code, error.response.headers, error.message
            ) from error
        except (openai.OpenAIError, ValueError) as error:
            raise of_silence(VoiceError, str(error.__cause__ or error)) from error
        return Sound(samples_in(answer.content, answer.response.headers), RATE, chosen)

    def voices(self, *, timeout: float) -> tuple[VoiceInfo, ...]:
        """Those of the service; of another server, the one that is set."""
        names = VOICES if self._at_openai else (self._voice,)
        return tuple(VoiceInfo(name, name.capitalize(), MANY) for name in names)
