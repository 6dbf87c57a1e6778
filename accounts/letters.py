"""One mail to one person: a text of two parts, in their language and their time zone."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import User
from accounts.time_zones import first_known


def letter(
    user: User,
    template: str,
    context: Mapping[str, Any],
    *,
    to: str = "",
    headers: dict[str, str] | None = None,
) -> EmailMessage:
    """The mail that `template` makes: its first line is the subject, the rest the body.

    It goes to the address of `user` unless `to` names another one.
    """
    language = user.interface_language or settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(first_known(user.time_zone)):
        text = render_to_string(template, {"APP_NAME": settings.APP_NAME, **context})
    subject, _separator, body = text.strip().partition("\n")
    body = re.sub(r"\n\s*\n", "\n\n", body.strip())
    return EmailMessage(subject.strip(), f"{body}\n", to=[to or user.email], headers=headers)
