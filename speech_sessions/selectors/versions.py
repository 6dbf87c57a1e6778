"""Which formulas reports were made by: numbers of different ones are not compared."""

from django.db.models import F, QuerySet

from accounts.models import User
from speech_sessions.models import SpeechReport


def formula_version(version: str) -> int:
    """The formulas' part of a report's version, such as 2 of "1.2"."""
    return int(version.rpartition(".")[2])


def newest_version(user: User) -> QuerySet[SpeechReport, str]:
    """The version of the report of `user` that was made last, as a query of one value."""
    shown = SpeechReport.objects.filter(session__user=user, session__report_id=F("pk"))
    return shown.order_by("-pk").values_list("version", flat=True)[:1]
