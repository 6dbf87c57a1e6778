"""What one can practise, and how the week looks."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from contract.ids import whole_number
from practice import plan_selectors, question_bank, selectors
from practice.goal import Week, goal_of
from practice.models import Kind, Sequence
from practice.offers import offer
from practice.question_forms import LONGEST_MINUTES
from speech_sessions.presentation.focus import newest_focus
from speech_sessions.views.signed_in import SignedInRequest

_MOST_OTHERS = 1000


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of practice that serve one end, and what the product has of them."""

    name: str
    title: str | Promise
    text: str | Promise
    kinds: tuple[Kind, ...]


GROUPS = (
    Group(
        "freely",
        _("Think on your feet"),
        _("A question, half a minute to think, then you speak."),
        (Kind.TABLE_TOPICS, Kind.FILLER_FREE),
    ),
    Group(
        "interview",
        _("Interviews"),
        _("Questions by role and competence, and what one might ask next."),
        (Kind.INTERVIEW,),
    ),
    Group(
        "talks",
        _("A talk"),
        _("Your own, with its script and a time for each section."),
        (Kind.PRESENTATION,),
    ),
    Group(
        "voice",
        _("Voice and pace"),
        _("Short exercises for how it sounds."),
        (Kind.PACE_LADDER, Kind.READ_ALOUD, Kind.WARM_UP),
    ),
)


@require_safe
@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """One thing to do first, then everything else by what it is good for."""
    user = request.user
    sequences = list(selectors.sequences_for(user).select_related("talk"))
    provided = [sequence for sequence in sequences if not sequence.owner_id]
    others = _others(request.GET.get("another", ""))
    goal = goal_of(user)
    year = plan_selectors.year_of(user, goal.week_begins)
    newest = year.weeks[-1]
    context = {
        "offer": offer(newest_focus(user), provided, timezone.localdate(), others),
        "another": others + 1,
        "groups": [_shown(group, provided) for group in GROUPS],
        "own": [each for each in sequences if each.owner_id and not hasattr(each, "talk")],
        "open_session": selectors.current_session(user),
        "week": Week(goal, newest.first, newest.seconds),
        "year": year,
        "streak": selectors.streak_of(user),
        "topics": question_bank.choices(Kind.TABLE_TOPICS),
        "interviews": question_bank.choices(Kind.INTERVIEW),
        "longest_minutes": LONGEST_MINUTES,
    }
    return render(request, "practice/home.html", context)


def _shown(group: Group, provided: list[Sequence]) -> dict[str, Any]:
    found = [each for kind in group.kinds for each in provided if each.kind == kind]
    return {"name": group.name, "title": group.title, "text": group.text, "sequences": found}


def _others(wanted: str) -> int:
    """How often something else was wished for, as the address says."""
    return min(whole_number(wanted) or 0, _MOST_OTHERS)
