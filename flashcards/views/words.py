"""Words: the list, adding, changing, deleting, and how one sounds."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from contract.ranges import serve_stored
from flashcards import selectors, services
from flashcards.forms import CardFilterForm, CardForm, languages_learned
from flashcards.looking_up import LookedUp, NoDictionary, UnknownWord, is_possible, look_up
from flashcards.models import LONGEST_MEANING, LONGEST_SENTENCE, Card
from flashcards.sounds import type_of

PAGE_SIZE = 50


@require_safe
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """One's words, filtered, the newest first."""
    user = cast("User", request.user)
    form = CardFilterForm(request.GET, selectors.languages_of(user))
    found = form.chosen_of(user, selectors.cards_of(user))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "has_words": form.is_filtering() or page.paginator.count > 0,
        "due": selectors.totals(user).due,
        "now": timezone.now(),
    }
    return render(request, "flashcards/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Add a word."""
    user = cast("User", request.user)
    form = CardForm(request.POST or None, request.FILES or None, languages=languages_learned(user))
    if "look_up" in request.POST:
        return _form_page(request, *_looked_up(request, languages_learned(user)), None)
    if request.method == "POST" and form.is_valid():
        card = _stored(form, lambda told: services.add(user, told))
        if card is not None:
            messages.success(request, _("“%(word)s” is added.") % {"word": card.word})
            return redirect("flashcards:new" if "another" in request.POST else "flashcards:list")
    return _form_page(request, form, None, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a word."""
    card = _own(request, pk)
    initial = {name: getattr(card, name) for name in ("word", "meaning", "sentence", "source")}
    initial["language"] = card.language_code
    languages = dict.fromkeys([card.language_code, *languages_learned(card.user)])
    form = CardForm(
        request.POST or None, request.FILES or None, languages=languages, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        # A name as it was written stays, where another language was not chosen.
        told = form.told()
        if told["language"] == card.language_code:
            told["language"] = card.language
        if _stored(form, lambda _told: services.change(card, told)) is not None:
            messages.success(request, _("The word is stored."))
            return redirect("flashcards:list")
    return _form_page(request, form, None, card)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then delete."""
    card = _own(request, pk)
    if request.method != "POST":
        return render(request, "flashcards/delete.html", {"card": card})
    services.delete(card)
    messages.success(request, _("“%(word)s” is deleted.") % {"word": card.word})
    return redirect("flashcards:list")


@require_safe
@login_required
def audio(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How it sounds."""
    card = _own(request, pk)
    if not card.audio:
        raise Http404
    name = f"{card.pk}.{card.audio.name.rpartition('.')[2]}"
    return serve_stored(request, card.audio, content_type=type_of(card.audio.name), file_name=name)


def _looked_up(request: HttpRequest, languages: list[str]) -> tuple[CardForm, LookedUp | None]:
    """The form as it was sent; what was left empty is filled from the dictionary."""
    sent = {name: request.POST.get(name, "") for name in CardForm.base_fields if name != "audio"}
    form = CardForm(sent, languages=languages)
    if not form.is_valid():
        return form, None
    try:
        found = look_up(sent["word"], form.cleaned_data["language"])
    except UnknownWord:
        form.add_error("word", _("The dictionary does not have this word."))
        return form, None
    except NoDictionary:
        form.add_error(None, _("The dictionary does not answer at the moment."))
        return form, None
    filled = {
        "meaning": sent["meaning"] or found.meaning[:LONGEST_MEANING],
        "sentence": sent["sentence"] or found.sentence[:LONGEST_SENTENCE],
    }
    return CardForm(initial=sent | filled, languages=languages), found


def _form_page(
    request: HttpRequest, form: CardForm, found: LookedUp | None, card: Card | None
) -> HttpResponse:
    context = {"form": form, "card": card, "found": found, "may_look_up": is_possible()}
    status = 400 if form.errors else 200
    return render(request, "flashcards/form.html", context, status=status)


def _stored(form: CardForm, store: Any) -> Card | None:
    """The word as it was stored; None where the form now says why not."""
    try:
        kept: Card = store(form.told())
    except services.WordTaken as taken:
        form.add_error("word", str(taken))
        return None
    except services.TooManyCards as refused:
        form.add_error(None, str(refused))
        return None
    return kept


def _own(request: HttpRequest, pk: int) -> Card:
    cards = selectors.cards_of(cast("User", request.user)).select_related("user")
    return get_object_or_404(cards, pk=pk)
