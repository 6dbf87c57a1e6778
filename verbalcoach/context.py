"""What every template may name."""

from django.conf import settings
from django.http import HttpRequest


def product(request: HttpRequest) -> dict[str, object]:
    """The product's name, and whether its mails stay in a folder of this machine."""
    return {"APP_NAME": settings.APP_NAME, "mail_is_local": not settings.EMAIL_URL}
