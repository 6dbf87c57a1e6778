"""Who may hear and speak at this installation, read from the environment. See .env.example."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

from engines.transcribers import TranscriberOptions
from verbalcoach import environment as env

STT_ORDER = "openai,deepgram,compatible,local"
OPENAI_STT_MODEL = "gpt-4o-transcribe"
DEEPGRAM_MODEL = "nova-3"

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
