"""Keeps what opens an account out of the log: links from mails stand in addresses."""

import logging
import re

# What follows these in an address acts for whoever holds it.
_LINK = re.compile(
    r"(/accounts/email/(?:verify|change|undo)/|/accounts/password/reset/[^/\s]+/"
    r"|/accounts/data/copy/|/users/me/export/|/practice/shared(?:-sequences)?/)[^/\s?'\"]+"
)


class HideLinks(logging.Filter):
    """Writes `…` in the place of the secret part of an address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every record is written; some without their secret."""
        message = record.getMessage()
        hidden = _LINK.sub(r"\1…", message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True
