"""Mail servers that do not do as they are asked, as back ends of Django's."""

import smtplib

from django.core.mail.backends.locmem import EmailBackend


class SilentBackend(EmailBackend):
    """A mail server that answers nothing."""

    def send_messages(self, messages):
        raise TimeoutError("timed out")


class RefusingBackend(EmailBackend):
    """A mail server that knows no such mailbox."""

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({"alice@example.org": (550, b"no such user")})
