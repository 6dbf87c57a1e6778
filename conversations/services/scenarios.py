"""Situations that a learner makes."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from conversations.models import CustomScenario

MOST_SCENARIOS = 100


class TooMany(Exception):
    """One has MOST_SCENARIOS of one's own already."""


def save_scenario(
    user: User, scenario: CustomScenario | None, values: Mapping[str, Any]
) -> CustomScenario:
    """A new situation of `user`, or `scenario` changed. Raises TooMany."""
    if scenario is None:
        if CustomScenario.objects.filter(user=user).count() >= MOST_SCENARIOS:
            raise TooMany
        scenario = CustomScenario(user=user)
    for name, value in values.items():
        setattr(scenario, name, value)
    scenario.save()
    return scenario


def delete_scenario(scenario: CustomScenario) -> None:
    """Delete it; talks that were had in it stay."""
    scenario.delete()
