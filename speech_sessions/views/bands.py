"""One's own ranges beside the usual ones."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from analysis.bands import Range
from speech_sessions import selectors, services
from speech_sessions.forms import BandsKindForm, OwnBandsForm
from speech_sessions.presentation.measures import Measure
from speech_sessions.presentation.own_bands import own_limits, usual_bands
from speech_sessions.views.signed_in import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_bands(request: SignedInRequest) -> HttpResponse:
    """Read and set the ranges for one kind of speech, or for every kind; empty is the usual one."""
    asked = BandsKindForm(request.GET)
    kind = asked.cleaned_data["kind"] if asked.is_valid() else ""
    usual = usual_bands(request.user, kind)
    measures = [band.measure for band in usual]
    own = {
        band.measure: (band.low, band.high)
        for band in selectors.own_bands(request.user).filter(kind=kind)
    }
    for_every_kind = own_limits(selectors.own_bands(request.user).filter(kind=""))
    data = request.POST if request.method == "POST" else None
    form = OwnBandsForm(data, measures=measures, initial=_shown(measures, own))
    address = reverse("speech_sessions:bands") + (f"?kind={kind}" if kind else "")
    if data is not None and "reset" in data:
        kept = {name: limits for name, limits in own.items() if name != data["reset"]}
        services.set_ranges_of_kind(request.user, kind, kept)
        messages.success(request, _("The usual range holds again."))
        return redirect(address)
    if data is not None and form.is_valid():
        services.set_ranges_of_kind(request.user, kind, form.ranges())
        messages.success(request, _("Saved. Every report is held against these ranges."))
        return redirect(address)
    context = {
        "kinds": BandsKindForm(initial={"kind": kind}),
        "form": form,
        "rows": [
            {
                "usual": band,
                "low": form[f"{band.measure.name}_low"],
                "high": form[f"{band.measure.name}_high"],
                "is_own": band.measure.name in own,
                "for_every_kind": for_every_kind.get(band.measure.name, "") if kind else "",
            }
            for band in usual
        ],
        "address": address,
    }
    status = 400 if form.errors else 200
    return render(request, "speech_sessions/bands.html", context, status=status)


def _written(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _shown(measures: list[Measure], own: dict[str, Range]) -> dict[str, str]:
    """What stands in the fields: the ends in the unit that pages show."""
    return {
        f"{measure.name}_{end}": _written(measure.shown(value))
        for measure in measures
        if measure.name in own
        for end, value in zip(("low", "high"), own[measure.name], strict=True)
    }
