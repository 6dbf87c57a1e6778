"""What deserves a word at the end of a practice, and what to do next: never more than one each."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practice.how_it_went import HowItWent
from practice.models import Kind, PracticeSession
from practice.streaks import Streak
from speech_sessions.presentation.wording import duration

# Days in a row, and practices in all, that come seldom enough to be told.
DAYS = (7, 14, 30, 60, 100, 200, 365)
TIMES = (10, 25, 50, 100, 250, 500, 1000)


def praise(
    session: PracticeSession, found: HowItWent, streak: Streak, completed_in_all: int
) -> str:
    """One sentence for what is worth it, else nothing; what was measured comes before counting."""
    if session.completion_status == PracticeSession.Status.ABANDONED:
        return ""
    measured = _measured(found)
    if measured:
        return measured
    if streak.practised_today and streak.current in DAYS:
        return _("%(days)s days in a row.") % {"days": streak.current}
    if session.completion_status != PracticeSession.Status.COMPLETED:
        return ""
    if completed_in_all == 1:
        return _("That is your first practice done.")
    if completed_in_all in TIMES:
        return _("That is practice number %(count)s.") % {"count": completed_in_all}
    return ""


def next_step(session: PracticeSession, found: HowItWent) -> str:
    """The one thing to do next; empty where nothing follows from what was measured."""
    if found.rungs and found.is_reported:
        return _next_rung(found)
    if session.kind == Kind.FILLER_FREE and found.fillers:
        if not found.fillers.fillers:
            return _("Take a minute more next time, or a harder question.")
        return _("Before the next sentence, close your mouth for one breath. Then begin.")
    if found.focus and found.focus.drill:
        return found.focus.drill
    return ""


def _measured(found: HowItWent) -> str:
    if found.fillers and not found.fillers.fillers:
        return _("No um, no uh: %(time)s without a filler.") % {
            "time": duration(found.fillers.talk)
        }
    best = found.best_before
    if found.fillers and best is not None and found.fillers.longest > best:
        return _("That is longer without a filler than in your last tries: %(time)s.") % {
            "time": duration(found.fillers.longest)
        }
    if found.to_hold and found.held == found.to_hold:
        return ngettext("You held the pace.", "You held all %(count)s paces.", found.to_hold) % {
            "count": found.to_hold
        }
    return ""


def _next_rung(found: HowItWent) -> str:
    missed = [rung for rung in found.rungs if rung.verdict in {"slower", "faster"}]
    if not missed:
        return ""
    worst = max(missed, key=lambda rung: abs((rung.pace or 0) - (rung.target or 0)))
    values = {"title": worst.title}
    if worst.verdict == "faster":
        return _("Start with “%(title)s”: longer pauses, not longer words.") % values
    return _("Start with “%(title)s”: shorter pauses, and let the sentences run on.") % values
