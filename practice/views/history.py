"""What was practised so far: the list, and what it adds up to."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practice import selectors
from practice.models import Kind
from practice.plan_forms import HistoryForm
from speech_sessions.views.signed_in import SignedInRequest

PAGE_SIZE = 20


@require_safe
@login_required
def history(request: SignedInRequest) -> HttpResponse:
    """One's practice, filtered, the newest first."""
    form = HistoryForm(request.GET)
    everything = selectors.sessions_of(request.user)
    chosen = form.chosen_of(everything).select_related("sequence", "question", "recording")
    page = Paginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "has_sessions": form.is_filtering() or page.paginator.count > 0,
    }
    return render(request, "practice/history.html", context)


@require_safe
@login_required
def statistics(request: SignedInRequest) -> HttpResponse:
    """Totals, streak, and what each week, month and kind brought."""
    found = selectors.overview(request.user)
    kinds = dict(Kind.choices)
    context = {
        "overview": found,
        "weeks": found.by_week[::-1],
        "months": found.by_month[::-1],
        "kinds": [row | {"name": kinds.get(row["kind"], row["kind"])} for row in found.by_kind],
    }
    return render(request, "practice/statistics.html", context)
