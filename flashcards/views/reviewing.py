"""Looking at words, one at a time."""

from typing import cast
from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from contract.ids import whole_number
from flashcards import selectors, services
from flashcards.forms import RateForm
from flashcards.models import Card
from flashcards.presentation import answers_to

# In the browser's session: the word and the review that U takes back.
LAST = "vocabulary_last_review"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def review(request: HttpRequest) -> HttpResponse:
    """The next word that is due; rated, the one after it."""
    if request.method == "POST":
        return _rate(request)
    user = cast("User", request.user)
    due = selectors.due(user)
    wanted = request.GET.get("word", "")
    card = _shown(user, wanted) or (due[0] if due else None)
    context = {"left": len(due), "can_undo": LAST in request.session}
    if card is None:
        context |= {
            "totals": selectors.totals(user),
            "next_at": selectors.next_step_at(user),
            "limits": selectors.settings_of(user),
        }
        return render(request, "flashcards/review_done.html", context)
    retention = selectors.settings_of(user).desired_retention
    context |= {
        "card": card,
        "review_id": uuid4().hex,
        "answers": answers_to(card, timezone.now(), retention),
    }
    return render(request, "flashcards/review.html", context)


@require_POST
@login_required
def undo(request: HttpRequest) -> HttpResponse:
    """Take the last review of this browser back, and show its word again."""
    word, review_id = request.session.pop(LAST, (None, None))
    card = selectors.cards_of(cast("User", request.user)).filter(pk=word).first()
    if card is None:
        return redirect("flashcards:review")
    try:
        services.undo(card, review_id)
    except services.NothingToUndo:
        return redirect("flashcards:review")
    response = redirect("flashcards:review")
    response["Location"] += f"?word={card.pk}"
    return response


def _rate(request: HttpRequest) -> HttpResponse:
    form = RateForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        card = get_object_or_404(selectors.cards_of(cast("User", request.user)), pk=told["word"])
        try:
            services.review(card, told["rating"], review_id=told["review_id"])
        except services.ReviewIdTaken:
            # The same page, sent twice with two answers: the first one stands.
            return redirect("flashcards:review")
        request.session[LAST] = (card.pk, told["review_id"])
    return redirect("flashcards:review")


def _shown(user: User, wanted: str) -> Card | None:
    """The word that the address names, where it is one's own."""
    number = whole_number(wanted)
    return None if number is None else selectors.cards_of(user).filter(pk=number).first()
