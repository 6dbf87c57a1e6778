"""`vocabulary/`: words, and how each look at one went."""

from collections.abc import Callable
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django_filters.utils import translate_validation
from rest_framework.decorators import action
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ModelViewSet

from accounts.models import User
from accounts.time_zones import InOwnZoneMixin
from contract.changes import ChangesMixin
from contract.errors import Refused
from contract.etag import ConditionalGetMixin
from contract.idempotency import IdempotentCreateMixin, answer_once
from contract.ids import id_in_address
from contract.ranges import serve_stored
from flashcards import exchange, selectors, services
from flashcards.api import documentation
from flashcards.filters import CardFilters, StatisticsFilters
from flashcards.models import Card, DeletedCard, Review
from flashcards.report_serializers import VocabularyImportedSerializer, VocabularyImportSerializer
from flashcards.serializers import (
    CardReviewSerializer,
    CardSerializer,
    RateCardSerializer,
    UndoCardSerializer,
    VocabularyLimitsSerializer,
)
from flashcards.sounds import type_of


@documentation.words
class VocabularyViewSet(
    ConditionalGetMixin, InOwnZoneMixin, IdempotentCreateMixin, ChangesMixin, ModelViewSet[Card]
):
    """One's own words."""

    queryset = Card.objects.none()
    serializer_class = CardSerializer
    filterset_class = CardFilters
    lookup_value_regex = "[0-9]+"

    def get_queryset(self) -> QuerySet[Card]:
        """Those of who asks."""
        return selectors.cards_of(self._who())

    def get_object(self) -> Card:
        """The one that the address names; 404 where it is not there or another's."""
        return get_object_or_404(self.get_queryset(), pk=id_in_address(self.kwargs["pk"]))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Words that fit; since a moment: what changed, and what is left of the deleted."""
        filters = CardFilters(
            request.query_params,
            queryset=self.get_queryset(),
            request=request._request,  # noqa: SLF001
        )
        return self.page_of_changes(filters, DeletedCard.objects.filter(user=self._who()))

    def get_success_headers(self, data: Any) -> dict[str, str]:
        """Where the new word is."""
        address = reverse("vocabulary-detail", args=(data["id"],), request=self.request)
        return {"Location": address}

    def perform_create(self, serializer: BaseSerializer[Card]) -> None:
        """Add it; 409 where there is that word."""
        _or_conflict(serializer.save)

    def perform_update(self, serializer: BaseSerializer[Card]) -> None:
        """Change it; 409 where there is that word."""
        _or_conflict(serializer.save)

    def perform_destroy(self, instance: Card) -> None:
        """Delete it, and keep that it is gone."""
        services.delete(instance)

    @documentation.due
    @action(detail=False, filter_backends=())
    def due(self, request: Request) -> Response:
        """What to look at now."""
        return self.page_of(selectors.due(self._who(), language=self._language()))

    @documentation.review
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: str) -> Response:
        """How it went."""
        card = self.get_object()
        sent = RateCardSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = sent.validated_data
        named, at = told.get("review_id"), told.get("at")
        return answer_once(
            request,
            lambda: self._reviewed(
                lambda: services.review(card, told["rating"], review_id=named, at=at)
            ),
        )

    @documentation.undo
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str) -> Response:
        """Take a review back."""
        card = self.get_object()
        sent = UndoCardSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        named = sent.validated_data.get("review_id")
        return answer_once(request, lambda: self._reviewed(lambda: services.undo(card, named)))

    @documentation.audio
    @action(detail=True)
    def audio(self, request: Request, pk: str) -> HttpResponseBase:
        """The sound of it."""
        card = self.get_object()
        if not card.audio:
            raise Http404
        kind = type_of(card.audio.name)
        name = f"{card.pk}.{card.audio.name.rpartition('.')[2]}"
        return serve_stored(request, card.audio, content_type=kind, file_name=name)

    @documentation.stats
    @action(detail=False, pagination_class=None, filter_backends=())
    def stats(self, request: Request) -> Response:
        """What was learned."""
        return Response(selectors.statistics(self._who(), language=self._language()))

    @documentation.limits
    @action(detail=False, url_path="settings", pagination_class=None, filter_backends=())
    def limits(self, request: Request) -> Response:
        """The daily limits."""
        return Response(VocabularyLimitsSerializer(selectors.settings_of(self._who())).data)

    @documentation.change_limits
    @limits.mapping.patch
    def change_limits(self, request: Request) -> Response:
        """Other limits."""
        sent = VocabularyLimitsSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        kept = services.change_settings(self._who(), sent.validated_data)
        return Response(VocabularyLimitsSerializer(kept).data)

    @documentation.import_words
    @action(detail=False, methods=["post"], url_path="import", parser_classes=[MultiPartParser])
    def import_words(self, request: Request) -> Response:
        """Take the words of a file in."""
        sent = VocabularyImportSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return answer_once(request, lambda: self._imported(**sent.validated_data))

    @documentation.export_csv
    @action(detail=False, url_path=r"export\.csv", pagination_class=None, filter_backends=())
    def export_csv(self, request: Request) -> HttpResponse:
        """Every word, with its schedule."""
        return _download(exchange.write_csv(self._oldest_first()), "text/csv", "vocabulary.csv")

    @documentation.export_anki
    @action(detail=False, url_path=r"export\.txt", pagination_class=None, filter_backends=())
    def export_anki(self, request: Request) -> HttpResponse:
        """Every word, for Anki."""
        text = exchange.write_anki_text(self._oldest_first())
        return _download(text, "text/plain", "vocabulary-anki.txt")

    def _oldest_first(self) -> QuerySet[Card]:
        return self.get_queryset().order_by("id")

    def _imported(self, file: Any, language: str) -> Response:
        if file.size > exchange.LARGEST_FILE:
            raise Refused(413, "too_large", "10 MB are accepted at most.", attr="file")
        try:
            table = exchange.read(file.read(), language)
        except exchange.Unreadable as error:
            raise ValidationError({"file": [ErrorDetail(str(error), error.code)]}) from error
        found = _or_conflict(lambda: services.import_rows(self._who(), table.rows))
        body = {
            "form": table.form,
            "added": found.added,
            "known": found.known,
            "refused": table.refused,
            "errors": table.errors,
        }
        return Response(VocabularyImportedSerializer(body).data)

    def _reviewed(self, work: Callable[[], tuple[Card, Review]]) -> Response:
        card, review = _or_conflict(work)
        body = {"card": self.get_serializer(card).data, "review": CardReviewSerializer(review).data}
        return Response(body)

    def _language(self) -> str | None:
        filters = StatisticsFilters(self.request.query_params, queryset=self.get_queryset())
        if not filters.form.is_valid():
            raise translate_validation(filters.form.errors)
        language: str = filters.form.cleaned_data["language"]
        return language or None

    def _who(self) -> User:
        return cast("User", self.request.user)


_CONFLICTS = {
    services.WordTaken: ("word_taken", "word"),
    services.TooManyCards: ("too_many", None),
    services.ReviewIdTaken: ("review_id_taken", "review_id"),
    services.NothingToUndo: ("nothing_to_undo", None),
}


def _or_conflict(work: Callable[[], Any]) -> Any:
    """What `work` gives; 409 where it does not go with what there is, 404 where it went."""
    try:
        return work()
    except Card.DoesNotExist as gone:
        raise NotFound from gone
    except tuple(_CONFLICTS) as refused:
        code, attr = _CONFLICTS[type(refused)]
        raise Refused(409, code, str(refused), attr=attr) from refused


def _download(text: str, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)
