"""Past conversations: the list, one of them, and what they come to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from conversations import selectors, services
from conversations.forms import ConversationFilterForm
from conversations.models import VoiceConversation
from conversations.presentation import feedback_of
from speech_sessions.views.signed_in import SignedInRequest

PAGE_SIZE = 20


@require_safe
@login_required
def history(request: SignedInRequest) -> HttpResponse:
    """One's conversations, filtered, the newest first."""
    everything = selectors.conversations_of(request.user)
    form = ConversationFilterForm(request.GET, selectors.languages_of(request.user))
    page = Paginator(form.chosen_of(everything), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "has_conversations": form.is_filtering() or page.paginator.count > 0,
    }
    return render(request, "conversations/history.html", context)


@require_safe
@login_required
def conversation(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was said, and what was learned from it."""
    found = _own(request, pk)
    context = {"conversation": found, "feedback": feedback_of(found)}
    return render(request, "conversations/conversation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, then delete."""
    found = _own(request, pk)
    if request.method == "POST":
        services.delete(found)
        messages.success(request, _("The conversation is deleted."))
        return redirect("conversations:history")
    return render(request, "conversations/delete.html", {"conversation": found})


@require_safe
@login_required
def progress(request: SignedInRequest) -> HttpResponse:
    """Totals, and scores day by day."""
    found = selectors.summary(request.user)
    names = dict(VoiceConversation.Type.choices)
    context = {
        "summary": found,
        "scores": found["scores_over_time"][::-1],
        "types": [row | {"name": names[kind]} for kind, row in found["by_type"].items()],
    }
    return render(request, "conversations/progress.html", context)


def _own(request: SignedInRequest, pk: int) -> VoiceConversation:
    return get_object_or_404(selectors.conversations_of(request.user), pk=pk)
