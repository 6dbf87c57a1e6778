"""What there is to talk about, as the choosing page shows it, and who would take part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from conversations.live_forms import category_name
from conversations.models import TutorSession
from conversations.situations import has_script, is_playable
from conversations.who import services_of
from partner.scenarios import LEVELS, Scenario
from speech.services import ServiceName, voices


@dataclass(frozen=True, slots=True)
class Choice:
    """A situation in the list: who plays it here, if anybody does."""

    situation: Scenario
    category: str
    playable: bool
    scripted: bool


def choice_of(situation: Scenario, language: str) -> Choice:
    """A situation as the list shows it, for a talk in `language`."""
    return Choice(
        situation=situation,
        category=category_name(situation.category),
        playable=is_playable(situation, language),
        scripted=has_script(situation, language),
    )


def offer(
    found: Sequence[Scenario], language: str, level: str, talks: QuerySet[TutorSession]
) -> Choice | None:
    """The one to begin with: played here, not had before, near the learner's level."""
    playable = [each for each in found if is_playable(each, language)]
    had = set(talks.filter(target_language_code=language).values_list("scenario", flat=True))
    near = LEVELS.index(level) if level in LEVELS else 0
    ranked = sorted(
        playable,
        key=lambda each: (
            each.slug in had,
            abs(LEVELS.index(each.level) - near),
            not has_script(each, language),
        ),
    )
    return choice_of(ranked[0], language) if ranked else None


def who_would_take_part(language: str, offered: Choice | None) -> dict[str, Any]:
    """Who would hear, answer and speak in a talk in `language`, before it begins."""
    slug = offered.situation.slug if offered else ""
    return told(services_of(TutorSession(target_language_code=language, scenario=slug)))


def voices_for(language: str) -> list[tuple[str, str]]:
    """The voices that can speak `language`, by name, and whose they are."""
    return [
        (voice.id, voice.name if voice.provider == "local" else f"{voice.name} ({voice.provider})")
        for voice in voices(language)
    ]


def told(services: Mapping[str, Sequence[ServiceName]]) -> dict[str, Any]:
    """The services, and whether any of them is on another machine."""
    outside = any(each.leaves_machine for several in services.values() for each in several)
    return {**services, "leaves_machine": outside}
