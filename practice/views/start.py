"""Begin to practise."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contract.ids import whole_number
from practice import selectors, services
from practice.question_forms import StartForm
from speech_sessions.views.signed_in import SignedInRequest


@require_POST
@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """Begin, and lead to the clock."""
    wanted = request.POST.get("sequence", "")
    sequence = None
    if wanted:
        pk = whole_number(wanted)
        sequence = get_object_or_404(selectors.sequences_for(request.user), pk=pk)
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That cannot be practised so. Choose again below."))
        return redirect("practice:home")
    kind = form.cleaned_data["kind"]
    begun = services.start(request.user, sequence, kind, form.plan())
    return redirect("practice:session", begun.pk)
