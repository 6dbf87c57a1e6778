"""The product's own process of voices, over HTTP on this machine (voices/server.py)."""

import json
import re

from engines.asking import LOOPBACK, host_of
from engines.bounded_client import BoundedClient
from engines.failures import of_silence
from engines.voices import Sound, VoiceError, VoiceInfo, VoiceOptions
from engines.voices.wire import object_in, request, samples_in

_RATE = re.compile(r"rate=(\d+)")


def load(options: VoiceOptions) -> "LocalVoices":
    """A client; where the process runs is looked up whenever it is asked."""
    return LocalVoices(options)


class LocalVoices:
    """One client. The process may come, go and come back at another port meanwhile."""

    def __init__(self, options: VoiceOptions) -> None:
        self._options = options
        self.client = BoundedClient()
        self.name = "local voices"
        self.leaves_machine = bool(options.base_url) and host_of(options.base_url or "") not in (
            LOOPBACK
        )

    def speak(
        self, text: str, *, language: str, voice: str | None, speed: float, timeout: float
    ) -> Sound:
        """One request. Raises VoiceError `no_voice` where none speaks the language."""
        chosen = voice or self._voice_for(language, timeout)
        url, headers = self._address()
        sound, said = request(
            self.client,
            "POST",
            f"{url}/speak",
            headers=headers,
            json={"text": text, "voice": chosen, "speed": speed},
            timeout=timeout,
        )
        rate = _RATE.search(said.get("content-type", ""))
        if rate is None:
            raise of_silence(VoiceError, "what came is no sound")
        return Sound(samples_in(sound, said), int(rate[1]), chosen)

    def voices(self, *, timeout: float) -> tuple[VoiceInfo, ...]:
        """Those that are installed."""
        url, headers = self._address()
        body, _ = request(self.client, "GET", f"{url}/voices", headers=headers, timeout=timeout)
        try:
            return tuple(
                VoiceInfo(str(voice["name"]), str(voice["title"]), str(voice["language"]))
                for voice in object_in(body)["voices"]
            )
        except (KeyError, TypeError) as error:
            raise of_silence(VoiceError, "what came is no list of voices") from error

    def _voice_for(self, language: str, timeout: float) -> str:
        wanted = language.lower()
        found = self.voices(timeout=timeout)
        close = [one for one in found if one.language.lower() == wanted]
        close += [one for one in found if one.language.lower().partition("-")[0] == wanted[:2]]
        if not close:
            raise VoiceError(
                "no_voice", permanent=True, detail=f"No voice for {language} is installed."
            )
        return close[0].name

    def _address(self) -> tuple[str, dict[str, str]]:
        if self._options.base_url:
            url, token = self._options.base_url.rstrip("/"), self._options.api_key or ""
        else:
            url, token = self._found()
        return url, {"Authorization": f"Bearer {token}"}

    def _found(self) -> tuple[str, str]:
        try:
            file = self._options.address_file
            said = json.loads(file.read_text(encoding="utf-8")) if file else {}
            return str(said["url"]), str(said["token"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise VoiceError(
                "no_voice", permanent=True, detail="No process of voices runs here."
            ) from error
