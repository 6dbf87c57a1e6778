"""The list of one's sessions, and what can be done with many of them at once."""

import re
from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from speech_sessions import selectors, services
from speech_sessions.forms import SessionFilterForm
from speech_sessions.presentation.rows import session_row, title_of
from speech_sessions.services.bulk import BulkAction
from speech_sessions.views.signed_in import SignedInRequest

PAGE_SIZE = 20
ID = re.compile(r"[0-9]{1,18}")
ACTIONS: dict[str, BulkAction] = {"archive": "archive", "restore": "restore", "delete": "delete"}


@login_required
@require_safe
def session_list(request: SignedInRequest) -> HttpResponse:
    """One's sessions, filtered and sorted; only the results where htmx asks for them."""
    form = SessionFilterForm(request.GET)
    everything = selectors.sessions_of(request.user)
    sessions = form.chosen_of(everything)
    total = selectors.totals(sessions)
    paginator = Paginator(selectors.for_list(sessions), PAGE_SIZE)
    paginator.count = total["sessions"]  # counted already, together with their length
    page = paginator.get_page(request.GET.get("page"))
    is_fragment = request.headers.get("HX-Request") == "true"
    context = {
        "form": form,
        "page_obj": page,
        "rows": [session_row(session) for session in page],
        "total": total,
        "has_sessions": form.is_filtering() or paginator.count > 0 or everything.exists(),
        "all_selected": request.GET.get("select") == "all",
        "is_fragment": is_fragment,
    }
    template = "partials/session_results.html" if is_fragment else "session_list.html"
    response = render(request, f"speech_sessions/{template}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@login_required
@require_POST
def bulk(request: SignedInRequest) -> HttpResponse:
    """Archive, restore or delete what was selected; deleting asks first."""
    after = _back_to(request)
    action = ACTIONS.get(request.POST.get("action", ""))
    ids = [int(value) for value in request.POST.getlist("ids") if ID.fullmatch(value)]
    sessions = list(selectors.sessions_of(request.user).filter(pk__in=ids[:PAGE_SIZE]))
    if action is None or not sessions:
        messages.info(request, _("Nothing was selected, so nothing was changed."))
        return redirect(after)
    if action == "delete" and "confirmed" not in request.POST:
        titles = [(session.pk, title_of(session)) for session in sessions]
        context = {"titles": titles, "next": after}
        return render(request, "speech_sessions/session_confirm_delete.html", context)
    results = services.apply_bulk_action(request.user, [session.pk for session in sessions], action)
    _tell(request, action, results)
    return redirect(after)


def _back_to(request: SignedInRequest) -> str:
    """The list as it was filtered, unless the form names an address elsewhere."""
    after = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()}):
        return after
    return reverse("speech_sessions:list")


def _tell(
    request: SignedInRequest, action: BulkAction, results: Sequence[services.BulkResult]
) -> None:
    done = sum(result.ok for result in results)
    sentences = {
        "archive": ngettext("%(n)s session archived.", "%(n)s sessions archived.", done),
        "restore": ngettext("%(n)s session restored.", "%(n)s sessions restored.", done),
        "delete": ngettext("%(n)s session deleted.", "%(n)s sessions deleted.", done),
    }
    if done:
        messages.success(request, sentences[action] % {"n": done})
    for result in results:
        if not result.ok:
            messages.error(request, result.error)
