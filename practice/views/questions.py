"""Another question, before somebody speaks."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from practice import selectors, services
from practice.question_forms import WishForm
from speech_sessions.views.signed_in import SignedInRequest


@require_POST
@login_required
def another_question(request: SignedInRequest, pk: int) -> HttpResponse:
    """Draw another question as it is wished; the clock then begins anew."""
    get_object_or_404(selectors.sessions_of(request.user), pk=pk)
    form = WishForm(request.POST)
    wished = {name: value for name, value in form.data.items() if name in form.fields and value}
    try:
        if not form.is_valid():
            raise services.NoSuchQuestion
        services.ask_another(request.user, pk, form.wish())
    except services.NoSuchQuestion:
        messages.info(request, _("No question fits that. Leave something open."))
    except services.TooLate:
        messages.info(request, _("You are speaking already: this question stays."))
        wished = {}
    address = reverse("practice:session", args=[pk])
    return redirect(f"{address}?{urlencode(wished)}" if wished else address)
