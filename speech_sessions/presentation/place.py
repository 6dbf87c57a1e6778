"""Where recordings are analysed, in words that fit a laptop and a server alike."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import gettext as _

from analysis.errors import AnalysisError
from engines.asking import LOOPBACK as THIS_MACHINE
from engines.asking import host_of
from engines.language_models import LanguageModelOptions
from speech_sessions.pipeline.engine_options import transcriber_options
from speech_sessions.pipeline.other_words import models_for_feedback

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
COMPANIES = {"anthropic": "Anthropic", "openai": "OpenAI"}


def here(request: HttpRequest) -> str:
    """Whether browser and server are one, as far as the address tells."""
    domain, _port = split_domain_port(request.get_host())
    return _("on this computer") if domain in LOOPBACK else _("on this server")


def outside_provider() -> str:
    """Who else hears a recording, by name; empty where nobody does."""
    try:
        options = transcriber_options()
    except AnalysisError:
        return ""  # nothing is set up, so nothing is sent
    if options.provider == "faster-whisper":
        return ""
    return urlsplit(options.base_url or "").hostname or "OpenAI"


def outside_wording() -> str:
    """Who else is told the advice of a report to word it, by name; empty where nobody is."""
    return outside_models(models_for_feedback())


def outside_models(models: Iterable[LanguageModelOptions]) -> str:
    """Those of `models` that are asked on other machines, by name; empty where none is."""
    names = [
        COMPANIES.get(options.provider) or host_of(options.base_url or "")
        for options in models
        if not options.base_url or host_of(options.base_url) not in THIS_MACHINE
    ]
    return _(" or ").join(dict.fromkeys(names))


def worded_by(rewording: Mapping[str, Any] | None) -> str:
    """Which language model worded the advice of a report, where; empty where the rules did."""
    if not rewording or rewording["outcome"] != "used":
        return ""
    if not rewording["leaves_machine"]:
        return _("Worded by the language model %(model)s, on the machine that analysed it.") % {
            "model": rewording["model"]
        }
    return _(
        "Worded by %(model)s at %(host)s, which was sent these sentences but neither the recording"
        " nor its transcript. Every number was checked."
    ) % {"model": rewording["model"], "host": rewording["host"]}


def where_recordings_go(request: HttpRequest) -> str:
    """One sentence to read before one speaks."""
    provider = outside_provider()
    if provider:
        return _("Written down by %(provider)s") % {"provider": provider}
    return _("Stays %(here)s") % {"here": here(request)}
