"""What a talk is about: a situation of the catalogue, one of the learner's own, or a free talk."""

from collections.abc import Iterable
from types import MappingProxyType

from django.conf import settings

from conversations.models import CustomScenario, TutorSession
from partner.scenarios import (
    Check,
    Scenario,
    UnknownScenario,
    all_scenarios,
    scenario,
    script_languages,
)

OWN = "custom-"
# Seconds of silence after which the partner answers, before the persona's factor.
PATIENCE = {"A1": 3.0, "A2": 2.5, "B1": 2.0, "B2": 1.6, "C1": 1.3, "C2": 1.2}


def base_of(language_code: str) -> str:
    """The language without its region: scripts and catalogues are by that."""
    return language_code.split("-", maxsplit=1)[0]


def own_scenario(custom: CustomScenario) -> Scenario:
    """A situation of the learner's own, in the form of the others."""
    return Scenario(
        slug=f"{OWN}{custom.pk}",
        title=custom.title,
        level=custom.level,
        category="own",
        conversation_type=custom.conversation_type,
        goal=custom.goal,
        partner_name=custom.partner_name,
        partner_role=custom.partner_role,
        manner="",
        checks=tuple(Check(f"check-{n}", text) for n, text in enumerate(custom.checks, 1)),
        words=MappingProxyType({}),
        opening=MappingProxyType({}),
    )


def situation_of(session: TutorSession) -> Scenario | None:
    """What the talk is about; None for a free talk, and where the situation was deleted since."""
    if session.custom_scenario is not None:
        return own_scenario(session.custom_scenario)
    return known(session.scenario)


def known(slug: str) -> Scenario | None:
    """The situation of the catalogue; None where there is none of that name."""
    try:
        return scenario(slug)
    except UnknownScenario:
        return None


def has_script(situation: Scenario | None, language_code: str) -> bool:
    """Whether the scripted partner plays it in this language."""
    return situation is not None and base_of(language_code) in script_languages(situation.slug)


def model_may_answer() -> bool:
    """Whether the owner of this installation lets language models talk to learners."""
    return bool(settings.CONVERSATION_LANGUAGE_MODEL and settings.LANGUAGE_MODELS)


def is_playable(situation: Scenario | None, language_code: str) -> bool:
    """Whether anybody can play the partner."""
    return model_may_answer() or has_script(situation, language_code)


def found(
    *,
    language: str = "",
    level: str = "",
    category: str = "",
    words: Iterable[str] = (),
    scripted: bool | None = None,
) -> list[Scenario]:
    """Those of the catalogue that fit; `scripted` by whether they need no language model."""
    wanted = [word.casefold() for word in words]
    return [
        each
        for each in all_scenarios()
        if (not level or each.level == level)
        and (not category or each.category == category)
        and all(word in f"{each.title} {each.goal}".casefold() for word in wanted)
        and (not language or is_playable(each, language))
        and (scripted is None or scripted is is_scripted(each, language))
    ]


def is_scripted(situation: Scenario, language: str) -> bool:
    """Whether it needs no language model: in `language`, or in any where that is empty."""
    languages = script_languages(situation.slug)
    return base_of(language) in languages if language else bool(languages)


def default_patience(level: str, factor: float) -> float:
    """Longer for lower levels, times the persona's factor; within 0.8 to 6 s."""
    return round(min(6.0, max(0.8, PATIENCE[level] * factor)), 2)
