"""`bands/`: the ranges that one's numbers are held against."""

from typing import Any

from django_filters.utils import translate_validation
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from speech_sessions import selectors, services
from speech_sessions.api import documentation
from speech_sessions.api.owners import OwnedSessionsViewSet
from speech_sessions.filters import BandsFilters
from speech_sessions.serializers.bands import OwnBandsSerializer


class BandsMixin(OwnedSessionsViewSet):
    """`bands/`."""

    @documentation.bands
    @action(
        detail=False,
        methods=["get"],
        url_path="bands",
        pagination_class=None,
        filter_backends=(),
    )
    def own_bands(self, request: Request) -> Response:
        """One's own ranges, and the usual ones for a language and kind of speech."""
        filters = BandsFilters(request.query_params)
        if not filters.is_valid():
            raise translate_validation(filters.errors)
        asked = filters.form.cleaned_data
        return Response(_told(self.who_asks(), asked["language"], asked["kind"]))

    @documentation.set_bands
    @own_bands.mapping.put
    def set_bands(self, request: Request) -> Response:
        """Replace one's own ranges by those sent; each left out is the usual one again."""
        sent = OwnBandsSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        ranges = [
            services.OwnRange(
                entry["measure"],
                "" if entry["kind"] == "any" else entry["kind"],
                entry["low"],
                entry["high"],
            )
            for entry in sent.validated_data["bands"]
        ]
        try:
            services.set_ranges(self.who_asks(), ranges)
        except services.RangeRefused as refused:
            attr = ".".join(filter(None, ("bands", str(refused.place), refused.end)))
            raise ValidationError({attr: [ErrorDetail(str(refused), "invalid")]}) from refused
        return Response(_told(self.who_asks(), "", ""))


def _told(user: User, language: str, kind: str) -> dict[str, Any]:
    spoken = language.partition("-")[0].lower() or selectors.spoken_language(user)
    return {
        "bands": [
            {
                "measure": band.measure,
                "kind": band.kind or "any",
                "low": band.low,
                "high": band.high,
            }
            for band in selectors.own_bands(user)
        ],
        "usual": [
            {"measure": name, "low": found[0][0], "high": found[0][1], "source": found[1]}
            for name, found in selectors.usual_ranges(spoken, kind).items()
            if found is not None
        ],
    }
