"""Which services for learners of a language may be asked, read from the environment.

See .env.example. Setting one up is the owner's word that texts may be sent to it.
"""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from engines.asking import LOOPBACK, host_of
from engines.language_services import Provider, ServiceOptions
from verbalcoach import environment as env

ORDER = "deepl,libretranslate"
_NAMES = {
    "deepl": "DeepL",
    "libretranslate": "LibreTranslate",
    "dictionaryapi": "Free Dictionary",
    "languagetool": "LanguageTool",
}
_USUAL_ADDRESS = {"deepl": "https://api.deepl.com"}


def translators() -> list[ServiceOptions]:
    """Those that are set up, in the order of TRANSLATORS."""
    known = {
        "deepl": _one("deepl", key="DEEPL_API_KEY", url="DEEPL_URL", needs="DEEPL_API_KEY"),
        "libretranslate": _one(
            "libretranslate",
            key="LIBRETRANSLATE_API_KEY",
            url="LIBRETRANSLATE_URL",
            needs="LIBRETRANSLATE_URL",
        ),
    }
    chosen = env.words("TRANSLATORS", ORDER)
    for name in chosen:
        if name not in known:
            raise ImproperlyConfigured(
                f"TRANSLATORS names {name!r}: there are deepl and libretranslate."
            )
    return [options for options in map(known.get, chosen) if options]


def dictionaries() -> list[ServiceOptions]:
    """The one at DICTIONARY_URL, if that is set."""
    found = _one("dictionaryapi", key="", url="DICTIONARY_URL", needs="DICTIONARY_URL")
    return [found] if found else []


def grammar_checkers() -> list[ServiceOptions]:
    """The one at LANGUAGETOOL_URL, if that is set."""
    found = _one(
        "languagetool",
        key="LANGUAGETOOL_API_KEY",
        url="LANGUAGETOOL_URL",
        needs="LANGUAGETOOL_URL",
    )
    return [found] if found else []


def outside() -> list[tuple[str, str]]:
    """What each service on another machine is sent, and its name with that machine."""
    kinds = (
        ("translation", settings.TRANSLATORS),
        ("dictionary", settings.DICTIONARIES),
        ("grammar", settings.GRAMMAR_CHECKERS),
    )
    named = ((kind, options, _host(options)) for kind, chosen in kinds for options in chosen)
    return [
        (kind, f"{_NAMES[options.provider]} ({host})")
        for kind, options, host in named
        if host not in LOOPBACK
    ]


def _host(options: ServiceOptions) -> str:
    return host_of(options.base_url or _USUAL_ADDRESS[options.provider])


def _one(provider: Provider, *, key: str, url: str, needs: str) -> ServiceOptions | None:
    if not env.text(needs):
        return None
    return ServiceOptions(
        provider,
        api_key=(env.text(key) if key else "") or None,
        base_url=env.text(url) or None,
        timeout=float(env.integer("LANGUAGE_SERVICE_TIMEOUT", 6)),
        retries=1,
    )
