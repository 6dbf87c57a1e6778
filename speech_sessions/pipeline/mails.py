"""Mails to people who want to hear when a long analysis is done.

The run's row is the order. It is taken off before the mail goes out, so nobody gets it twice; a
server that does not answer gets it again with the next turn, for a day.
"""

import logging
import smtplib
from datetime import timedelta

from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.letters import letter
from accounts.links import address
from speech_sessions.models import AnalysisRun

logger = logging.getLogger(__name__)

LONG = timedelta(minutes=1)
TOO_OLD = timedelta(days=1)
AT_ONCE = 50


def send_due() -> int:
    """Send the mails of analyses that are over; how many went out."""
    _drop_unwanted()
    return sum(_send(run) for run in _due().select_related("session__user")[:AT_ONCE])


def _due() -> QuerySet[AnalysisRun]:
    over = AnalysisRun.objects.filter(mail_due=True, finished_at__isnull=False)
    return over.exclude(state__in=AnalysisRun.UNFINISHED).order_by("finished_at")


def _drop_unwanted() -> None:
    """Nobody waited for it, nobody wants it, it came too late, or there is a newer analysis."""
    short = Q(finished_at__lt=F("created_at") + LONG)
    unwanted = Q(session__user__mail_when_analysed=False)
    unwanted |= Q(session__user__email_verified=False) | Q(session__user__is_active=False)
    old = Q(finished_at__lt=timezone.now() - TOO_OLD)
    rows = _due().filter(short | unwanted | old | Q(error="superseded"))
    AnalysisRun.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
        mail_due=False
    )


def _send(run: AnalysisRun) -> bool:
    if not AnalysisRun.objects.filter(pk=run.pk, mail_due=True).update(mail_due=False):
        return False
    try:
        written(run).send()
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("the mail about run %s waits (%s)", run.pk, type(error).__name__)
        AnalysisRun.objects.filter(pk=run.pk).update(mail_due=True)
        return False
    return True


def written(run: AnalysisRun) -> EmailMessage:
    """The mail about a run, in the language of whom it is for."""
    context = {
        "title": run.session.title,
        "is_done": run.state == AnalysisRun.State.DONE,
        "address": address("speech_sessions:detail", run.session_id),
    }
    return letter(run.session.user, "speech_sessions/mail/analysed.txt", context)
