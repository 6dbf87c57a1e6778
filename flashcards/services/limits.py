"""How much somebody wants to do a day."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from flashcards.models import VocabularySettings

_CHANGEABLE = ("new_a_day", "reviews_a_day", "desired_retention")


def change_settings(user: User, values: Mapping[str, Any]) -> VocabularySettings:
    """Keep what `values` names; words already scheduled keep their day."""
    named = {name: values[name] for name in _CHANGEABLE if name in values}
    kept, _made = VocabularySettings.objects.update_or_create(user=user, defaults=named)
    return kept
