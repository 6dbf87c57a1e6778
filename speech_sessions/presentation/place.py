"""Where recordings are analysed, in words that fit a laptop and a server alike."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import gettext as _

from analysis.errors import AnalysisError
from speech_sessions.pipeline.engine_options import transcriber_options

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


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


def where_recordings_go(request: HttpRequest) -> str:
    """One sentence to read before one speaks."""
    provider = outside_provider()
    if provider:
        return _("Written down by %(provider)s") % {"provider": provider}
    return _("Stays %(here)s") % {"here": here(request)}
