"""Which services take part in a talk, so that the learner knows before they are heard."""

from django.conf import settings

from conversations.answering import SCRIPTED_PARTNER
from conversations.models import TutorSession
from conversations.situations import has_script, model_may_answer, situation_of
from engines.asking import LOOPBACK, host_of
from engines.language_models import LanguageModelOptions
from speech.services import ServiceName, who_hears, who_speaks

_HOSTS = {"anthropic": "api.anthropic.com", "openai": "api.openai.com"}


def who_answers(session: TutorSession) -> list[ServiceName]:
    """Who plays the partner, in the order in which they are asked."""
    services: list[ServiceName] = []
    if model_may_answer():
        services += [_of(options) for options in settings.LANGUAGE_MODELS]
    if has_script(situation_of(session), session.target_language_code):
        services.append(ServiceName(SCRIPTED_PARTNER, leaves_machine=False))
    return services


def services_of(session: TutorSession) -> dict[str, list[ServiceName]]:
    """Who hears, answers and speaks."""
    return {
        "hears": who_hears(),
        "answers": who_answers(session),
        "speaks": who_speaks(session.target_language_code),
    }


def _of(options: LanguageModelOptions) -> ServiceName:
    host = host_of(options.base_url) if options.base_url else _HOSTS.get(options.provider, "")
    return ServiceName(f"{options.model} at {host}", leaves_machine=host not in LOOPBACK)
