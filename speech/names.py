"""Engines in words for people."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from engines.asking import LOOPBACK, host_of
from engines.transcribers import TranscriberOptions
from engines.transcribers.in_turn import HERE
from engines.voices import VoiceOptions
from speech.results import ServiceName

COMPANIES = {"openai": "OpenAI", "deepgram": "Deepgram", "elevenlabs": "ElevenLabs"}


def of_transcriber(options: TranscriberOptions) -> ServiceName:
    """Who hears."""
    if options.provider == HERE:
        return ServiceName(_("this installation"), leaves_machine=False)
    return _outside(options.provider, options.base_url)


def of_voice(options: VoiceOptions) -> ServiceName:
    """Who speaks."""
    if options.provider == "local" and not options.base_url:
        return ServiceName(_("this installation"), leaves_machine=False)
    return _outside(options.provider, options.base_url)


def outside(services: Iterable[ServiceName]) -> str:
    """Those of `services` that are elsewhere, in one phrase; empty where none is."""
    elsewhere = dict.fromkeys(one.name for one in services if one.leaves_machine)
    return _(" or ").join(elsewhere)


def _outside(provider: str, base_url: str | None) -> ServiceName:
    if not base_url:
        return ServiceName(COMPANIES[provider], leaves_machine=True)
    host = host_of(base_url)
    if host in LOOPBACK:
        return ServiceName(_("this installation"), leaves_machine=False)
    return ServiceName(host, leaves_machine=True)
