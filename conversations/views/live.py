"""Talking with the partner: choose, talk, end. The page's script does the same over the API."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.languages import code_of, name_of
from conversations import (
    live_choices,
    live_page,
    realtime,
    review_page,
    services,
    situations,
    summing_up,
    tutor_selectors,
)
from conversations.limits import DailyLimit
from conversations.live_forms import BeginForm, ChoosingForm, language_of
from conversations.models import TutorSession
from conversations.models.tutor import LONGEST_TEXT
from conversations.tutor_request import DUE_WORDS
from conversations.who import services_of
from flashcards.selectors import due_words
from flashcards.services import TooManyCards
from partner.personas import all_personas
from speech_sessions.views.signed_in import SignedInRequest

PAGE_SIZE = 12
_REFUSED = {
    "no_such_scenario": gettext_lazy("There is no such situation. Choose another one."),
    "needs_language_model": gettext_lazy(
        "Nobody can play this here: it needs a language model. Choose one that works without."
    ),
}


@require_safe
@login_required
def choose(request: SignedInRequest) -> HttpResponse:
    """What to talk about, in which language, with whom."""
    language, level = language_of(request.user)
    form = ChoosingForm(request.GET, language)
    found = form.situations()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    talks = tutor_selectors.sessions_of(request.user)
    offer = live_choices.offer(found, form.language_code, level, talks)
    context = {
        "form": form,
        "language": form.language_code,
        "begin": BeginForm(voices=live_choices.voices_for(form.language_code)),
        "personas": all_personas(),
        "language_name": name_of(form.language_code),
        "level": form.chosen_level or (level if form.language_code == language else ""),
        "page_obj": page,
        "rows": [live_choices.choice_of(each, form.language_code) for each in page],
        "offer": offer,
        "own": tutor_selectors.custom_scenarios_of(request.user),
        "open_talk": talks.filter(state=TutorSession.State.OPEN).first(),
        "model_answers": situations.model_may_answer(),
        "services": live_choices.who_would_take_part(form.language_code, offer),
        "realtime": realtime.service_name(),
    }
    return render(request, "conversations/live/choose.html", context)


@require_POST
@login_required
def begin(request: SignedInRequest) -> HttpResponse:
    """Begin a talk, and lead to it."""
    language = code_of(request.POST.get("target_language", ""))
    form = BeginForm(request.POST, voices=live_choices.voices_for(language))
    if not form.is_valid():
        messages.error(request, _("That cannot be talked about so. Choose again below."))
        return redirect("conversations:choose")
    try:
        session = services.start(request.user, services.Start(**form.wish()))
    except services.NotPossible as refused:
        said = _REFUSED.get(refused.code)
        messages.error(request, said or _("That cannot be talked about so. Choose again below."))
        return redirect("conversations:choose")
    is_direct = form.cleaned_data["realtime"] and realtime.origin()
    return redirect("conversations:direct" if is_direct else "conversations:talk", session.pk)


@require_safe
@login_required
def talk(request: SignedInRequest, pk: int) -> HttpResponse:
    """A talk that goes on, or what it came to."""
    session = _own(request, pk)
    turns = list(tutor_selectors.messages_of(session))
    checks = summing_up.checks(session)
    context = {
        **live_page.told_of(session, checks, turns),
        "persona": live_page.persona_name(session),
    }
    if session.state == TutorSession.State.ENDED:
        context["review"] = review_page.review_of(session, checks, turns)
        return render(request, "conversations/live/ended.html", context)
    context |= {
        "due": due_words(session.user, session.target_language_code, DUE_WORDS),
        "facts": live_page.facts_of(session, checks, turns),
        "waits": any(turn.state == turn.State.WAITING for turn in turns),
        "hints": next((turn.hints for turn in reversed(turns) if turn.side == "tutor"), []),
        "services": live_choices.told(services_of(session)),
        "realtime": realtime.service_name(),
        "client_id": uuid.uuid4(),
        "translate_into": live_page.language_to_translate_into(session),
    }
    return render(request, "conversations/live/talk.html", context)


@require_POST
@login_required
def say(request: SignedInRequest, pk: int) -> HttpResponse:
    """A typed turn of somebody without scripts; `client_id` keeps a form sent twice one turn."""
    session = _own(request, pk)
    text = request.POST.get("text", "").strip()[:LONGEST_TEXT]
    if text:
        try:
            message = services.take_text(
                session, text, request.POST.get("client_id", "")[:64] or None
            )
            services.wait_for_answer(message)
        except DailyLimit:
            messages.error(request, _("That is all for today. Your talk is kept; go on tomorrow."))
        except services.SessionEnded:
            messages.error(request, _("This talk is over. What you wrote was not added to it."))
    return redirect("conversations:talk", session.pk)


@require_POST
@login_required
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """The talk is over."""
    session = _own(request, pk)
    services.end(session)
    return redirect("conversations:talk", session.pk)


@require_POST
@login_required
def keep_words(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep the words that came in a talk, to learn them."""
    session = _own(request, pk)
    try:
        kept = services.keep_words(session)
        messages.success(
            request,
            ngettext("%(count)d word was kept.", "%(count)d words were kept.", kept)
            % {"count": kept},
        )
    except TooManyCards as full:
        messages.error(request, str(full))
    return redirect("conversations:talk", session.pk)


def _own(request: SignedInRequest, pk: int) -> TutorSession:
    return get_object_or_404(tutor_selectors.sessions_of(request.user), pk=pk)
