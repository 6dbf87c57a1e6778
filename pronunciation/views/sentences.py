"""Choosing a sentence, saying it, and how it went."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.languages import code_of, name_of
from contract.ranges import serve_stored
from flashcards.forms import languages_learned
from pronunciation import selectors, services
from pronunciation.forms import SentenceForm, TryForm
from pronunciation.models import Attempt
from pronunciation.notices import USED_UP, failure_of, reliability_of
from pronunciation.presentation import melody_of, words_of
from pronunciation.sentences import sentences_in
from speech.services import DailyLimit, who_hears
from speech_sessions.services import RecordingRefused
from speech_sessions.views.signed_in import SignedInRequest

# How often a page looks whether its attempt is judged, in seconds.
LOOK_AGAIN = "1"


@require_safe
@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """Sentences to say: one's own, those of one's words, and provided ones by level."""
    learned = languages_learned(request.user) or ["en"]
    language = code_of(request.GET.get("language", "")[:35] or learned[0])
    if request.GET.get("text"):
        form = SentenceForm(request.GET)
        if form.is_valid():
            return _say(request, form.cleaned_data["text"], form.cleaned_data["language"])
    else:
        form = SentenceForm(initial={"language": language})
    provided = sentences_in(language)
    own = selectors.sentences_of_words(request.user, language)
    said = selectors.last_said(request.user)
    known = {sentence["text"] for sentence in said}
    every = [*own, *(sentence.text for sentence in provided)]
    context = {
        "form": form,
        "language": language,
        "language_name": name_of(language),
        "offer": next((text for text in every if text not in known), next(iter(every), None)),
        "sentences": provided,
        "own": own,
        "said": said,
    }
    return render(request, "pronunciation/home.html", context)


@require_POST
@login_required
def take(request: SignedInRequest) -> HttpResponse:
    """Keep a try, and show what becomes of it."""
    form = TryForm(request.POST, request.FILES)
    if not form.is_valid():
        text, language = request.POST.get("text", ""), request.POST.get("language", "")
        again = SentenceForm(request.POST)
        if not again.is_valid():
            return redirect("pronunciation:home")
        return _say(request, text, language, form.errors.get("audio"), status=400)
    said = form.cleaned_data
    try:
        attempt = services.take(
            request.user, said["audio"], text=said["text"], language=said["language"]
        )
    except DailyLimit:
        return _say(request, said["text"], said["language"], [str(USED_UP)], status=429)
    except RecordingRefused as refused:
        return _say(
            request, said["text"], said["language"], [refused.message], status=refused.status
        )
    return redirect("pronunciation:attempt", pk=attempt.pk)


@require_safe
@login_required
def attempt(request: SignedInRequest, pk: int) -> HttpResponse:
    """How a try went, beside the one before."""
    found = _own(request, pk)
    context: dict[str, Any] = _sayable(found.text, found.language) | {"attempt": found}
    if found.state == Attempt.State.DONE:
        earlier = selectors.before(found).first()
        melody = melody_of(found)
        context |= {
            "before": earlier,
            "words": words_of(found, earlier),
            "melody": melody,
            "points": {"own": melody.own, "model": melody.model} if melody else None,
            "reliability": reliability_of(found),
            "fluency": found.result["fluency"],
        }
    elif found.state == Attempt.State.FAILED:
        context["failure"] = failure_of(found.error)[1]
    response = render(request, "pronunciation/attempt.html", context)
    if found.state == Attempt.State.WAITING:
        response["Refresh"] = LOOK_AGAIN
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, then delete."""
    found = _own(request, pk)
    if request.method == "POST":
        services.delete(found)
        messages.success(request, _("The attempt is deleted."))
        return redirect("pronunciation:home")
    return render(request, "pronunciation/delete.html", {"attempt": found})


@require_safe
@login_required
def model(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The model voice of an attempt's sentence."""
    path = (_own(request, pk).result.get("model") or {}).get("path")
    if not path or not default_storage.exists(path):
        raise Http404
    sound = FieldFile(Attempt(), Attempt._meta.get_field("audio"), path)  # noqa: SLF001
    return serve_stored(request, sound, content_type="audio/wav", file_name=f"model-{pk}.wav")


def _say(
    request: SignedInRequest,
    text: str,
    language: str,
    errors: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = _sayable(text, language) | {"errors": errors}
    return render(request, "pronunciation/say.html", context, status=status)


def _sayable(text: str, language: str) -> dict[str, Any]:
    return {
        "text": text,
        "language": language,
        "language_name": name_of(language),
        "hears": who_hears(),
        "used_up": USED_UP,
    }


def _own(request: SignedInRequest, pk: int) -> Attempt:
    return get_object_or_404(selectors.attempts_of(request.user), pk=pk)
