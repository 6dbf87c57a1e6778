"""Begin to practise."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from practice import selectors, services
from speech_sessions.views.signed_in import SignedInRequest


@require_POST
@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """Begin, and lead to the clock."""
    wanted = request.POST.get("sequence", "")
    sequence = None
    if wanted:
        known = wanted.isascii() and wanted.isdigit() and len(wanted) < 19
        pk = int(wanted) if known else 0
        sequence = get_object_or_404(selectors.sequences_for(request.user), pk=pk)
    return redirect("practice:session", services.start(request.user, sequence).pk)
