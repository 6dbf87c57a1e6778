"""What was learned, the daily limits, and words in files."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from flashcards import exchange, selectors, services
from flashcards.forms import ImportForm, LimitsForm, languages_learned
from flashcards.models import Card
from flashcards.presentation import chart


@require_safe
@login_required
def statistics(request: HttpRequest) -> HttpResponse:
    """Retention, reviews a day, and what is to come."""
    found = selectors.statistics(cast("User", request.user))
    context = {
        "statistics": found,
        "states": [(Card.State(state).label, n) for state, n in found["by_state"].items()],
        "reviews": chart(day["reviews"] for day in found["reviews"]),
        "forecast": chart(day["due"] for day in found["forecast"]),
    }
    return render(request, "flashcards/statistics.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def limits(request: HttpRequest) -> HttpResponse:
    """How much comes a day."""
    user = cast("User", request.user)
    form = LimitsForm(request.POST or None, instance=selectors.settings_of(user))
    if request.method == "POST" and form.is_valid():
        services.change_settings(user, form.cleaned_data)
        messages.success(request, _("The limits are stored."))
        return redirect("flashcards:list")
    status = 400 if form.errors else 200
    return render(request, "flashcards/limits.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def files(request: HttpRequest) -> HttpResponse:
    """Take the words of a file in; take one's own words out."""
    user = cast("User", request.user)
    form = ImportForm(
        request.POST or None, request.FILES or None, languages=languages_learned(user)
    )
    context = {"form": form, "count": selectors.cards_of(user).count()}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            table = exchange.read(told["file"].read(), told["language"])
            context |= {"table": table, "found": services.import_rows(user, table.rows)}
        except exchange.Unreadable as error:
            form.add_error("file", str(error))
        except services.TooManyCards as refused:
            form.add_error(None, str(refused))
    status = 400 if form.errors else 200
    return render(request, "flashcards/files.html", context, status=status)


@require_safe
@login_required
def export_csv(request: HttpRequest) -> HttpResponse:
    """Every word with its schedule."""
    return _download(request, exchange.write_csv, "text/csv", "vocabulary.csv")


@require_safe
@login_required
def export_anki(request: HttpRequest) -> HttpResponse:
    """Every word, for Anki."""
    return _download(request, exchange.write_anki_text, "text/plain", "vocabulary-anki.txt")


def _download(request: HttpRequest, write: exchange.Writer, kind: str, name: str) -> HttpResponse:
    text = write(selectors.cards_of(cast("User", request.user)).order_by("id"))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)
