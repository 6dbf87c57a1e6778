"""What a learner writes about a session, and deleting it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from practice import selectors, services
from practice.note_forms import NotesForm
from practice.steps import PARTS
from speech_sessions.views.signed_in import SignedInRequest


@require_POST
@login_required
def notes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep the notes and the reflection, or the ticked parts of the answer, whichever were sent."""
    session = get_object_or_404(selectors.sessions_of(request.user), pk=pk)
    sent: dict[str, object] = {}
    if "notes" in request.POST or "reflection" in request.POST:
        form = NotesForm(request.POST, instance=session)
        if not form.is_valid():
            messages.error(request, _("That is too long to keep: 5,000 characters are the most."))
            return redirect("practice:session", pk)
        sent |= form.cleaned_data
    else:
        ticked = set(request.POST.getlist("checklist"))
        sent["checklist"] = [part for part in PARTS if part in ticked]
    services.write_notes(session, **sent)
    messages.success(request, _("Kept."))
    return redirect("practice:session", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Delete one's session, once that is confirmed; its recording stays."""
    session = get_object_or_404(selectors.own_sessions(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "practice/delete.html", {"session": session})
    services.delete_session(request.user, pk)
    messages.success(request, _("The practice is deleted."))
    return redirect("practice:home")
