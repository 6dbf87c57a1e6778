"""Which language models this installation may ask, read from the environment. See .env.example."""

from django.core.exceptions import ImproperlyConfigured

from engines.language_models import LanguageModelOptions, Provider
from engines.realtime import RealtimeOptions
from verbalcoach import environment as env

ORDER = "anthropic,openai,compatible,local"
ANTHROPIC_MODEL = "claude-haiku-5-5"
OPENAI_MODEL = "gpt-6-luna"


def from_environment() -> list[LanguageModelOptions]:
    """The models that are set up, in the order of LLM_PROVIDERS; after "local" nobody is asked.

    A key alone sends nothing anywhere: each use of a model has a setting of its own.
    """
    known = _known()
    found: list[LanguageModelOptions] = []
    for name in env.words("LLM_PROVIDERS", ORDER):
        if name == "local":
            break
        if name not in known:
            raise ImproperlyConfigured(
                f"LLM_PROVIDERS names {name!r}: there are anthropic, openai, compatible and local."
            )
        options = known[name]
        if options.api_key or options.base_url:
            found.append(options)
    return found


def realtime_from_environment() -> RealtimeOptions | None:
    """What learners' own devices may talk to; None unless REALTIME_MODEL is set."""
    model = env.text("REALTIME_MODEL")
    key = env.text("REALTIME_API_KEY") or env.text("OPENAI_API_KEY")
    if not model:
        return None
    if not key:
        raise ImproperlyConfigured(
            "REALTIME_MODEL is set, but neither REALTIME_API_KEY nor OPENAI_API_KEY is."
        )
    return RealtimeOptions(
        model=model,
        api_key=key,
        voice=env.text("REALTIME_VOICE", "marin"),
        base_url=env.text("REALTIME_BASE_URL") or env.text("OPENAI_BASE_URL") or None,
    )


def _known() -> dict[str, LanguageModelOptions]:
    url, model = env.text("LLM_BASE_URL"), env.text("LLM_MODEL")
    if url and not model:
        raise ImproperlyConfigured("LLM_BASE_URL is set, but LLM_MODEL names no model there.")
    return {
        "anthropic": _options(
            "anthropic", env.text("ANTHROPIC_MODEL", ANTHROPIC_MODEL), env.text("ANTHROPIC_API_KEY")
        ),
        "openai": _options(
            "openai", env.text("OPENAI_MODEL", OPENAI_MODEL), env.text("OPENAI_API_KEY")
        ),
        "compatible": _options("compatible", model, env.text("LLM_API_KEY") if url else "", url),
    }


def _options(provider: Provider, model: str, key: str, url: str = "") -> LanguageModelOptions:
    return LanguageModelOptions(
        provider=provider,
        model=model,
        api_key=key or None,
        base_url=url or None,
        timeout=env.integer("LLM_TIMEOUT", 20),
        retries=env.integer("LLM_RETRIES", 2),
    )
