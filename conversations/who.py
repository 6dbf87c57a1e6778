"""Which services take part in a talk, so that the learner knows before they are heard."""

from typing import TypedDict

from django.conf import settings

from conversations.answering import SCRIPTED_PARTNER
from conversations.models import TutorSession
from conversations.situations import has_script, model_may_answer, situation_of
from engines.asking import LOOPBACK, host_of
from engines.language_models import LanguageModelOptions
from speech.services import ServiceName, who_hears, who_speaks

_HOSTS = {"anthropic": "api.anthropic.com", "openai": "api.openai.com"}


class Service(TypedDict):
    """One of those that are asked, in this order; `leaves_machine`: on another computer."""

    name: str
    leaves_machine: bool


def who_answers(session: TutorSession) -> list[Service]:
    """Who plays the partner, in the order in which they are asked."""
    services: list[Service] = []
    if model_may_answer():
        services += [_of(options) for options in settings.LANGUAGE_MODELS]
    if has_script(situation_of(session), session.target_language_code):
        services.append({"name": SCRIPTED_PARTNER, "leaves_machine": False})
    return services


def services_of(session: TutorSession) -> dict[str, list[Service]]:
    """Who hears, answers and speaks."""
    return {
        "hears": [_told(each) for each in who_hears()],
        "answers": who_answers(session),
        "speaks": [_told(each) for each in who_speaks(session.target_language_code)],
    }


def _told(service: ServiceName) -> Service:
    return {"name": service.name, "leaves_machine": service.leaves_machine}


def _of(options: LanguageModelOptions) -> Service:
    host = host_of(options.base_url) if options.base_url else _HOSTS.get(options.provider, "")
    return {"name": f"{options.model} at {host}", "leaves_machine": host not in LOOPBACK}
