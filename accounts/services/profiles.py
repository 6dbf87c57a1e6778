"""The profile of a person, and one learning profile for each language they learn."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.languages import code_of
from accounts.models import LearningProfile, User

_CHANGEABLE = frozenset(
    {"target_language", "native_language", "cefr_level", "goals", "weekly_minutes"}
)


class LanguageTaken(Exception):
    """There is a learning profile for this language already; `str()` says so to the user."""

    def __init__(self, language: str) -> None:
        super().__init__(
            _("You have a profile for %(language)s already. Change that one.")
            % {"language": language}
        )


def add_learning_profile(user: User, values: Mapping[str, Any]) -> LearningProfile:
    """A new learning profile of `user`. Raises LanguageTaken."""
    return _keep(LearningProfile(user=user), values)


def change_learning_profile(profile: LearningProfile, values: Mapping[str, Any]) -> LearningProfile:
    """Change fields of `profile`. Raises LanguageTaken, and then changes nothing."""
    return _keep(profile, values)


def delete_learning_profile(profile: LearningProfile) -> None:
    """Forget that its owner learns this language; what they recorded in it stays."""
    profile.delete()


def _keep(profile: LearningProfile, values: Mapping[str, Any]) -> LearningProfile:
    unknown = set(values) - _CHANGEABLE
    if unknown:
        raise ValueError(f"These fields cannot be set: {', '.join(sorted(unknown))}.")
    for name, value in values.items():
        setattr(profile, name, value)
    profile.target_language_code = code_of(profile.target_language)
    others = LearningProfile.objects.filter(
        user=profile.user_id, target_language_code=profile.target_language_code
    ).exclude(pk=profile.pk)
    if others.exists():
        raise LanguageTaken(profile.target_language)
    try:
        with transaction.atomic():
            profile.save()
    except IntegrityError as error:  # two requests at once
        raise LanguageTaken(profile.target_language) from error
    return profile
