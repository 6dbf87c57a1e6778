"""One session: its report, its progress, and the wish to analyse it again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from speech_sessions import selectors, services
from speech_sessions.models import SpeechSession
from speech_sessions.presentation.place import here
from speech_sessions.presentation.report_page import meta_line, report_page
from speech_sessions.presentation.rows import title_of
from speech_sessions.presentation.tabs import tabs
from speech_sessions.views.signed_in import SignedInRequest


@login_required
@require_safe
def session_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The report, or how far the analysis is, or why there is none; another's is not there."""
    session = get_object_or_404(selectors.sessions_of(request.user), pk=pk)
    context = {
        "session": session,
        "title": title_of(session),
        "meta": meta_line(session, here(request)),
        "state": selectors.analysis_state(session),
        "report": report_page(session, request.user, request.GET.get("part", "")),
        "tabs": tabs(request.GET.get("tab", "")),
        "status_url": reverse("speech_sessions:status", args=(pk,)),
        "is_archived": session.status == SpeechSession.Status.ARCHIVED,
    }
    return render(request, "speech_sessions/session_detail.html", context)


@login_required
@never_cache
@require_safe
def status(request: SignedInRequest, pk: int) -> JsonResponse:
    """How far the analysis is, for pages that the socket does not reach."""
    session = get_object_or_404(selectors.sessions_of(request.user), pk=pk)
    return JsonResponse({"id": session.pk, **selectors.analysis_state(session)})


@login_required
@require_POST
def analyze(request: SignedInRequest, pk: int) -> HttpResponse:
    """Analyse once more; the page then shows how far it is."""
    session = get_object_or_404(selectors.sessions_of(request.user), pk=pk)
    try:
        services.request_analysis(session)
    except (services.AlreadyRunning, services.NothingToAnalyse) as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("The analysis begins. What there is now stays until then."))
    return redirect(session)
