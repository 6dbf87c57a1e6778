"""ElevenLabs by its documented wire format: its streaming call, as raw samples.

https://elevenlabs.io/docs/api-reference/text-to-speech/stream. Its own SDK is 2.5 MB of generated
classes for calls that are not needed here.
"""

from urllib.parse import quote

from engines.asking import LOOPBACK, host_of
from engines.bounded_client import BoundedClient
from engines.failures import of_silence
from engines.voices import MANY, Sound, VoiceError, VoiceInfo, VoiceOptions
from engines.voices.wire import object_in, request, samples_in

BASE_URL = "https://api.elevenlabs.io"
DEFAULT_MODEL = "eleven_flash_v2_5"
DEFAULT_VOICE = "JBFqnCBsd6RMkjVDRZzb"
RATE = 24_000
SLOWEST, FASTEST = 0.7, 1.2
# Other models refuse to be told the language.
TAKE_A_LANGUAGE = ("eleven_flash_v2_5", "eleven_turbo_v2_5")


def load(options: VoiceOptions) -> "ElevenLabs":
    """A client for these options. Raises VoiceError when there is no key."""
    if not options.api_key:
        raise VoiceError("engine_unavailable", permanent=True, detail="ElevenLabs needs a key.")
    return ElevenLabs(options)


class ElevenLabs:
    """One client, kept with its connections."""

    def __init__(self, options: VoiceOptions) -> None:
        self._base = (options.base_url or BASE_URL).rstrip("/")
        self._model = options.model or DEFAULT_MODEL
        self._voice = options.voice or DEFAULT_VOICE
        self._headers = {"xi-api-key": options.api_key or ""}
        self.client = BoundedClient()
        host = host_of(self._base)
        self.name = f"elevenlabs {self._model} at {host}"
        self.leaves_machine = host not in LOOPBACK

    def speak(
        self, text: str, *, language: str, voice: str | None, speed: float, timeout: float
    ) -> Sound:
        """One request."""
        chosen = voice or self._voice
        body: dict[str, object] = {
            "text": text,
            "model_id": self._model,
            "voice_settings": {"speed": min(max(speed, SLOWEST), FASTEST)},
        }
        if self._model in TAKE_A_LANGUAGE:
            body["language_code"] = language.partition("-")[0]
        sound, headers = request(
            self.client,
            "POST",
            f"{self._base}/v1/text-to-speech/{quote(chosen, safe='')}/stream",
            params={"output_format": f"pcm_{RATE}"},
            headers=self._headers,
            json=body,
            timeout=timeout,
        )
        return Sound(samples_in(sound, headers), RATE, chosen)

    def voices(self, *, timeout: float) -> tuple[VoiceInfo, ...]:
        """Those of the account; each speaks every language of the model."""
        body, _ = request(
            self.client,
            "GET",
            f"{self._base}/v2/voices",
            params={"page_size": 100},
            headers=self._headers,
            timeout=timeout,
        )
        try:
            return tuple(
                VoiceInfo(str(voice["voice_id"]), str(voice["name"]), MANY)
                for voice in object_in(body)["voices"]
            )
        except (KeyError, TypeError) as error:
            raise of_silence(VoiceError, "what came is no list of voices") from error
