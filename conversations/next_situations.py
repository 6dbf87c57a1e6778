"""What to talk about next: what is still open first, then what is new at this level or above."""

from collections.abc import Sequence
from typing import Any

from conversations.models import TutorSession
from conversations.situations import has_script, is_playable, situation_of
from partner.scenarios import LEVELS, Scenario, all_scenarios

MOST = 3


def after(session: TutorSession) -> list[dict[str, Any]]:
    """Up to three situations, by `slug` and the code of the reason. Two queries at most."""
    situation = situation_of(session)
    met = set(session.checks_met)
    still_open = (
        [check.id for check in situation.checks if check.id not in met] if situation else []
    )
    found: list[dict[str, Any]] = []
    if situation is not None and still_open:
        found.append({"slug": situation.slug, "reason": "open", "checks": still_open})
    level = situation.level if situation else session.level
    new = _new_ones(session, situation)
    above = _step_above(level)
    if situation is not None and not still_open and above:
        found += [{"slug": each.slug, "reason": "above"} for each in _of(new, above)[:1]]
    found += [{"slug": each.slug, "reason": "same"} for each in _of(new, level)]
    return found[:MOST]


def _new_ones(session: TutorSession, situation: Scenario | None) -> list[Scenario]:
    """Those not talked about in this language yet that somebody can play, the most alike first."""
    had = TutorSession.objects.filter(
        user=session.user_id, target_language_code=session.target_language_code
    )
    slugs = set(had.values_list("scenario", flat=True))
    category = situation.category if situation else ""
    kind = session.conversation_type
    language = session.target_language_code
    new = [
        each for each in all_scenarios() if each.slug not in slugs and is_playable(each, language)
    ]
    return sorted(
        new,
        key=lambda each: (
            not has_script(each, language),
            each.conversation_type != kind,
            each.category != category,
        ),
    )


def _of(situations: Sequence[Scenario], level: str) -> list[Scenario]:
    return [each for each in situations if each.level == level]


def _step_above(level: str) -> str:
    at = LEVELS.index(level) + 1 if level in LEVELS else len(LEVELS)
    return LEVELS[at] if at < len(LEVELS) else ""
