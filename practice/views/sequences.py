"""One's own sequences: the list, the editor, copies, and deleting."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practice import selectors, services
from practice.models import Kind, Sequence
from practice.sequence_forms import (
    STEPS,
    SequenceForm,
    StepForm,
    StepFormSet,
    rearranged,
    rows_sent,
)
from practice.share_selectors import own_sequences
from speech_sessions.views.signed_in import SignedInRequest

SAVE = "save"


@require_safe
@login_required
@never_cache
def listing(request: SignedInRequest) -> HttpResponse:
    """One's own sequences; talks have a list of their own."""
    context = {"sequences": own_sequences(request.user).filter(talk=None)}
    return render(request, "practice/sequences/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def create(request: SignedInRequest) -> HttpResponse:
    """The editor, empty."""
    return _editor(request, Sequence(owner=request.user, kind=Kind.CUSTOM), [{"is_spoken": True}])


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The editor of one's own sequence."""
    sequence = get_object_or_404(own_sequences(request.user), pk=pk)
    steps = sequence.steps.order_by("number")
    rows = list(steps.values(*StepForm.base_fields))
    return _editor(request, sequence, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask, then delete."""
    sequence = get_object_or_404(own_sequences(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "practice/sequences/delete.html", {"sequence": sequence})
    services.delete_sequence(sequence)
    messages.success(request, _("Deleted. What you practised with it is still there."))
    return redirect("practice:sequences")


@require_POST
@login_required
def duplicate(request: SignedInRequest, pk: int) -> HttpResponse:
    """A copy of a sequence that one may practise, open in the editor."""
    sequence = get_object_or_404(selectors.sequences_for(request.user), pk=pk)
    return keep_copy(request, sequence)


def keep_copy(request: SignedInRequest, sequence: Sequence) -> HttpResponse:
    """Copy `sequence`, which was shown to the person who asks, and lead to the copy."""
    try:
        copy = services.copy_sequence(request.user, sequence)
    except services.TooManySequences as refusal:
        messages.error(request, str(refusal))
        return redirect("practice:sequences")
    messages.success(request, _("This copy is yours to change."))
    return redirect("practice:edit_sequence", copy.pk)


def _editor(
    request: SignedInRequest, sequence: Sequence, rows: list[dict[str, Any]]
) -> HttpResponse:
    """The form; saved by `save`, and by any other button rearranged and shown again, unsaved."""
    if request.method != "POST":
        return _show(request, SequenceForm(instance=sequence), _steps(rows), sequence)
    order = request.POST.get("order", SAVE)
    if order != SAVE:
        typed = {name: request.POST.get(name, "") for name in SequenceForm.base_fields}
        form = SequenceForm(instance=sequence, initial=typed)
        return _show(request, form, _steps(rearranged(rows_sent(request.POST), order)), sequence)
    form = SequenceForm(request.POST, instance=sequence)
    steps = StepFormSet(request.POST, prefix=STEPS)
    if form.is_valid() and steps.is_valid():
        try:
            services.save_sequence(sequence, **form.cleaned_data, steps=steps.as_steps())
        except services.TooManySequences as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("practice:sequences")
    else:
        steps.is_valid()
    return _show(request, form, steps, sequence)


def _steps(rows: list[dict[str, Any]]) -> Any:
    return StepFormSet(initial=rows, prefix=STEPS)


def _show(
    request: SignedInRequest, form: SequenceForm, steps: Any, sequence: Sequence
) -> HttpResponse:
    context = {"form": form, "steps": steps, "sequence": sequence, "most": services.MOST_STEPS}
    return render(request, "practice/sequences/editor.html", context)
