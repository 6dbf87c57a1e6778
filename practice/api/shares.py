"""Sharing over HTTP: who may see a practice session or a sequence, and who looked."""

from collections.abc import Callable
from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import (
    ErrorDetail,
    NotFound,
    PermissionDenied,
    Throttled,
    ValidationError,
)
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User, normal_email
from contract.idempotency import answer_once
from contract.ids import id_in_address
from practice import services as practice
from practice.api.refusals import PracticeRefusalsMixin
from practice.content_serializers import SequenceSerializer
from practice.models import PracticeSession, PracticeShare, Sequence, SequenceShare
from practice.share_addresses import address_of
from practice.share_selectors import own_sequences, shares_of
from practice.share_serializers import PracticeShareRequestSerializer
from sharing import services
from sharing.models import Share
from sharing.selectors import owner_of, share_at
from sharing.serializers import LinkRequestSerializer, ShareSerializer

_SESSION = ["Practice Sessions"]
_CONTENT = ["Practice Content"]
_SAID = {
    200: OpenApiResponse(ShareSerializer, description="It was there, and is as sent now."),
    201: ShareSerializer,
}
_UNCONFIRMED = "Needs a confirmed e-mail address (403 `email_not_verified`)."


class _SharesApi(PracticeRefusalsMixin, GenericAPIView[Share]):
    """The open shares of one thing: list them, make or change one, end them."""

    queryset = PracticeShare.objects.none()
    serializer_class = ShareSerializer
    filter_backends = ()
    request_serializer: type[LinkRequestSerializer] = LinkRequestSerializer
    subject: Callable[[], PracticeSession | Sequence]  # what the address names

    def get_queryset(self) -> QuerySet[Any]:
        """Its open shares."""
        return shares_of(self.subject())

    def get_serializer_context(self) -> dict[str, Any]:
        """Also where a share is read."""
        return {**super().get_serializer_context(), "address": address_of}

    def told(self, exc: Exception) -> Exception:
        """Refusals of sharing too."""
        if isinstance(exc, services.NotConfirmed):
            return PermissionDenied(str(exc), "email_not_verified")
        if isinstance(exc, services.NobodyThere):
            exc = ValidationError({"with": [ErrorDetail(str(exc), "nobody_there")]})
        if isinstance(exc, services.TooMany):
            return Throttled(wait=exc.wait)
        return super().told(exc)

    def answer_list(self) -> Response:
        """A page of the open shares."""
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def answer_share(self, request: Request) -> Response:
        """Make the share, or change the one there is."""
        subject = self.subject()  # whose it is comes before what is wrong with the request
        sent = self.request_serializer(data=request.data)
        sent.is_valid(raise_exception=True)
        terms: dict[str, Any] = dict(sent.validated_data)
        email = terms.pop("with", None)
        terms.pop("link", None)
        made, is_new = services.share(subject, self._who(), email, terms)
        told = self.get_serializer(self.get_queryset().get(pk=made.pk)).data
        return Response(told, status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)

    def answer_end(self, request: Request) -> Response:
        """End those that the query names, or all."""
        shares = self.subject().shares.all()
        if "with" in request.query_params:
            shares = shares.filter(recipient__email=normal_email(request.query_params["with"]))
        elif "link" in request.query_params:
            shares = shares.filter(by_link=True)
        services.revoke(shares)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _who(self) -> User:
        return cast("User", self.request.user)


class SessionSharesApi(_SharesApi):
    """Who may see one practice session."""

    request_serializer = PracticeShareRequestSerializer

    def subject(self) -> PracticeSession:
        """One's own session. Raises DoesNotExist, NotTheirs."""
        session = PracticeSession.objects.get(pk=id_in_address(str(self.kwargs["pk"])))
        if session.user_id != self._who().pk:
            raise practice.NotTheirs
        return session

    @extend_schema(
        tags=_SESSION,
        summary="List the shares of a session",
        description="Those that have not ended, each with its link and who opened it.",
        responses={200: ShareSerializer(many=True)},
    )
    def get(self, request: Request, pk: int) -> Response:
        """The open shares."""
        return self.answer_list()

    @extend_schema(
        tags=_SESSION,
        summary="Share a session",
        description=(
            "With one person (`with`) or by a link. Title, kind, time, length and outcome are "
            "shown, and what `include` names. There is one link and one share for each person: "
            f"the same again gives the same share, changed where it says so. {_UNCONFIRMED}"
        ),
        request=PracticeShareRequestSerializer,
        responses=_SAID,
    )
    def post(self, request: Request, pk: int) -> Response:
        """Share it."""
        return self.answer_share(request)

    @extend_schema(
        tags=_SESSION,
        summary="End shares of a session",
        description="All of them, or those the query names. Again: nothing more happens.",
        parameters=[
            OpenApiParameter("with", str, description="End the share with this address."),
            OpenApiParameter("link", bool, description="End the link."),
        ],
        responses={204: None},
    )
    def delete(self, request: Request, pk: int) -> Response:
        """End them."""
        return self.answer_end(request)


class SequenceSharesApi(_SharesApi):
    """The link of one's own sequence."""

    def subject(self) -> Sequence:
        """One's own sequence."""
        pk = id_in_address(str(self.kwargs["pk"]))
        found = own_sequences(self._who()).filter(pk=pk).first()
        if found is None:
            raise NotFound
        return found

    @extend_schema(
        tags=_CONTENT,
        summary="Show the link of a sequence",
        description="Where it has one, with who opened it.",
        responses={200: ShareSerializer(many=True)},
    )
    def get(self, request: Request, pk: int) -> Response:
        """The link."""
        return self.answer_list()

    @extend_schema(
        tags=_CONTENT,
        summary="Share a sequence by link",
        description=(
            "Who is signed in and has the link may read and duplicate it. The same again gives the "
            f"same link. {_UNCONFIRMED}"
        ),
        request=LinkRequestSerializer,
        responses=_SAID,
    )
    def post(self, request: Request, pk: int) -> Response:
        """Share it."""
        return self.answer_share(request)

    @extend_schema(
        tags=_CONTENT,
        summary="End the link of a sequence",
        description="Copies that others made stay. Again: nothing more happens.",
        responses={204: None},
    )
    def delete(self, request: Request, pk: int) -> Response:
        """End it."""
        return self.answer_end(request)


class SharedSequenceApi(PracticeRefusalsMixin, GenericAPIView[Sequence]):
    """A sequence that somebody shares, by what stands in its link after `shared-sequences/`."""

    queryset = Sequence.objects.none()
    serializer_class = SequenceSerializer

    @extend_schema(
        tags=_CONTENT,
        summary="Read a shared sequence",
        description="By what stands in its link. Its owner sees that it was opened.",
    )
    def get(self, request: Request, share: str) -> Response:
        """Its steps."""
        found = self._found(share)
        services.note_opening(found, cast("User", request.user), owner_of(found))
        return Response(self.get_serializer(found.subject).data)

    @extend_schema(
        tags=_CONTENT,
        summary="Duplicate a shared sequence",
        description="A copy that is one's own to change, whatever becomes of the link.",
        request=None,
        responses={201: SequenceSerializer},
    )
    def post(self, request: Request, share: str) -> Response:
        """A copy."""
        return answer_once(request, lambda: self._copy(request, share))

    def _copy(self, request: Request, share: str) -> Response:
        copied = practice.copy_sequence(cast("User", request.user), self._found(share).subject)
        return Response(self.get_serializer(copied).data, status=status.HTTP_201_CREATED)

    def _found(self, token: str) -> SequenceShare:
        found = share_at(SequenceShare, token)
        if found is None:
            raise NotFound
        return found
