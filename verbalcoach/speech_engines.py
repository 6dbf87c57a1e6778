"""Who may hear and speak at this installation, read from the environment. See .env.example."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

from engines.transcribers import TranscriberOptions
from engines.voices import VoiceOptions
from verbalcoach import environment as env

STT_ORDER = "openai,deepgram,compatible,local"
TTS_ORDER = "elevenlabs,openai,compatible,local"
OPENAI_STT_MODEL = "gpt-4o-transcribe"
DEEPGRAM_MODEL = "nova-3"
ELEVENLABS_MODEL, ELEVENLABS_VOICE = "eleven_flash_v2_5", "JBFqnCBsd6RMkjVDRZzb"
OPENAI_TTS_MODEL, OPENAI_TTS_VOICE = "gpt-4o-mini-tts", "coral"

Options = TypeVar("Options")


def transcribers_from_environment(local: TranscriberOptions) -> list[TranscriberOptions]:
    """The recognisers that are set up, in the order of STT_PROVIDERS; `local` is this machine's."""
    url, model = env.text("STT_BASE_URL"), env.text("STT_MODEL")
    if url and not model:
        raise ImproperlyConfigured("STT_BASE_URL is set, but STT_MODEL names no model there.")
    outside = TranscriberOptions(
        timeout=float(env.integer("STT_TIMEOUT", 15)), retries=env.integer("STT_RETRIES", 1)
    )
    openai_key, deepgram_key = env.text("OPENAI_API_KEY"), env.text("DEEPGRAM_API_KEY")
    known = {
        "openai": openai_key
        and replace(
            outside,
            provider="openai",
            model=env.text("STT_OPENAI_MODEL", OPENAI_STT_MODEL),
            api_key=openai_key,
            base_url=env.text("OPENAI_BASE_URL") or None,
        ),
        "deepgram": deepgram_key
        and replace(
            outside,
            provider="deepgram",
            model=env.text("DEEPGRAM_MODEL", DEEPGRAM_MODEL),
            api_key=deepgram_key,
        ),
        "compatible": url
        and replace(
            outside,
            provider="openai",
            model=model,
            api_key=env.text("STT_API_KEY") or None,
            base_url=url,
        ),
        "local": local,
    }
    return _chosen("STT_PROVIDERS", STT_ORDER, known)


def voices_from_environment(address_file: Path) -> list[VoiceOptions]:
    """The voices that are set up, in the order of TTS_PROVIDERS.

    `address_file` is where the product's own process of voices says that it runs.
    """
    url, model = env.text("TTS_BASE_URL"), env.text("TTS_MODEL")
    if url and not (model and env.text("TTS_VOICE")):
        raise ImproperlyConfigured(
            "TTS_BASE_URL is set, but TTS_MODEL or TTS_VOICE does not say what speaks there."
        )
    one = VoiceOptions(
        "local",
        timeout=float(env.integer("TTS_TIMEOUT", 10)),
        retries=env.integer("TTS_RETRIES", 1),
    )
    openai_key, elevenlabs_key = env.text("OPENAI_API_KEY"), env.text("ELEVENLABS_API_KEY")
    known = {
        "elevenlabs": elevenlabs_key
        and replace(
            one,
            provider="elevenlabs",
            model=env.text("ELEVENLABS_MODEL", ELEVENLABS_MODEL),
            voice=env.text("ELEVENLABS_VOICE", ELEVENLABS_VOICE),
            api_key=elevenlabs_key,
        ),
        "openai": openai_key
        and replace(
            one,
            provider="openai",
            model=env.text("TTS_OPENAI_MODEL", OPENAI_TTS_MODEL),
            voice=env.text("TTS_OPENAI_VOICE", OPENAI_TTS_VOICE),
            api_key=openai_key,
        ),
        "compatible": url
        and replace(
            one,
            provider="openai",
            model=model,
            voice=env.text("TTS_VOICE"),
            api_key=env.text("TTS_API_KEY") or None,
            base_url=url,
        ),
        "local": replace(
            one,
            base_url=env.text("LOCAL_VOICES_URL") or None,
            api_key=env.text("LOCAL_VOICES_TOKEN") or None,
            address_file=address_file,
        ),
    }
    return _chosen("TTS_PROVIDERS", TTS_ORDER, known)


def _chosen(setting: str, order: str, known: Mapping[str, Options | str]) -> list[Options]:
    """Those named by `setting` that are set up. Raises ImproperlyConfigured for an unknown name."""
    found = []
    for name in env.words(setting, order):
        if name not in known:
            raise ImproperlyConfigured(f"{setting} names {name!r}: there are {', '.join(known)}.")
        options = known[name]
        if options and not isinstance(options, str):
            found.append(options)
    return found
