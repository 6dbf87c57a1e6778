"""The pages of one's own talks: list, write, change, delete."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from practice import services, talk_selectors
from practice.models import Talk
from practice.talk_forms import TalkForm
from speech_sessions.views.signed_in import SignedInRequest


@require_safe
@login_required
def listing(request: SignedInRequest) -> HttpResponse:
    """One's own talks."""
    return render(
        request, "practice/talks/list.html", {"talks": talk_selectors.talks_of(request.user)}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """Write a talk."""
    return _edited(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change one."""
    return _edited(request, get_object_or_404(talk_selectors.talks_of(request.user), pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, then delete."""
    talk = get_object_or_404(talk_selectors.talks_of(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "practice/talks/delete.html", {"talk": talk})
    services.delete_talk(talk)
    messages.success(request, _("The talk is deleted. What you practised with it stays."))
    return redirect("practice:talks")


def _edited(request: SignedInRequest, talk: Talk | None) -> HttpResponse:
    form = TalkForm(request.POST or None, request.FILES or None, talk=talk)
    if request.method == "POST" and form.is_valid() and _stored(request, talk, form):
        messages.success(request, _("The talk is stored."))
        return redirect("practice:talks")
    status = 400 if form.errors else 200
    context = {"form": form, "talk": talk}
    return render(request, "practice/talks/form.html", context, status=status)


def _stored(request: SignedInRequest, talk: Talk | None, form: TalkForm) -> bool:
    """Store what the form holds; where that is one too many, the form says so."""
    try:
        services.save_talk(request.user, talk, **form.cleaned_data)
    except services.TooManySequences as refused:
        form.add_error(None, str(refused))
        return False
    return True
