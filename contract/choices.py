"""Sentences that name the choices, for values that are none of them."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def one_of(choices: Iterable[str]) -> dict[str, Any]:
    """The error messages of a field that takes one of `choices`, of a form or a serializer."""
    sentence = format_lazy(_("Choose one of: {choices}."), choices=", ".join(choices))
    return {"invalid_choice": sentence}
