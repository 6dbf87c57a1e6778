"""Changing and deleting one session."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from speech_sessions import selectors, services
from speech_sessions.forms import SessionForm
from speech_sessions.presentation.editing import analysed_fields
from speech_sessions.presentation.rows import title_of
from speech_sessions.views.signed_in import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything of a session that one may change; a value set by hand wins over the analysis."""
    session = get_object_or_404(selectors.sessions_of(request.user), pk=pk)
    form = SessionForm(request.POST or None, request.FILES or None, instance=session)
    answer = 200
    if request.method == "POST":
        answer = 400
        if form.is_valid():
            try:
                services.update_session(session, form.changes(), form.cleaned_data["audio_file"])
                messages.success(request, _("Saved."))
                return redirect(session)
            except services.RecordingRefused as refused:
                form.add_error("audio_file", ValidationError(refused.message, code=refused.code))
                answer = refused.status
    context = {
        "session": session,
        "title": title_of(session),
        "form": form,
        "analysed": analysed_fields(session, form),
    }
    return render(request, "speech_sessions/session_form.html", context, status=answer)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """The question before a session goes for good, and the going."""
    session = get_object_or_404(selectors.sessions_of(request.user), pk=pk)
    title = title_of(session)
    if request.method == "POST":
        services.delete_session(session)
        messages.success(request, _("“%(title)s” was deleted.") % {"title": title})
        return redirect("speech_sessions:list")
    context = {
        "session": session,
        "titles": [(session.pk, title)],
        "next": reverse("speech_sessions:list"),
        "back": session.get_absolute_url(),
    }
    return render(request, "speech_sessions/session_confirm_delete.html", context)
