"""`users/{id}/picture/`: the profile picture, for its owner and for staff who may see users."""

from typing import cast

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.generics import get_object_or_404
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import documentation as told
from accounts.models import User
from accounts.serializers.pictures import PictureAddressSerializer, PictureSerializer
from accounts.services import pictures
from contract.errors import Refused


class PictureView(APIView):
    """A person's picture; to who may not see it, it is not there."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        tags=told.TAGS,
        summary="Fetch a picture",
        description="One's own; staff who may view users, anybody's.",
        responses={
            (200, pictures.CONTENT_TYPE): OpenApiResponse(
                OpenApiTypes.BINARY, description="A square picture."
            )
        },
    )
    def get(self, request: Request, pk: int) -> HttpResponse:
        """The file: of one type, and nothing that a browser would run."""
        user = self._person(pk, may_see=self._sees_everybody())
        try:
            with user.picture.open("rb") as file:
                content = file.read()
        except (ValueError, FileNotFoundError) as error:
            raise Http404 from error
        return HttpResponse(
            content,
            content_type=pictures.CONTENT_TYPE,
            headers={
                "Cache-Control": "private, max-age=86400",
                "Content-Disposition": 'inline; filename="picture.webp"',
                "Content-Security-Policy": "default-src 'none'; sandbox",
                "Vary": "Authorization, Cookie",
                "X-Content-Type-Options": "nosniff",
            },
        )

    @extend_schema(
        tags=told.TAGS,
        summary="Send a picture",
        description="Takes the place of the one before. The answer names its new address.",
        request={"multipart/form-data": PictureSerializer},
        responses={200: PictureAddressSerializer},
    )
    def put(self, request: Request, pk: int) -> Response:
        """One's own picture, drawn anew from the file."""
        user = self._person(pk)
        sent = PictureSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        try:
            pictures.set_picture(user, sent.validated_data["picture"])
        except pictures.PictureRefused as refused:
            too_large = refused.code == "too_large"
            refusal = Refused(413 if too_large else 400, refused.code, str(refused), attr="picture")
            raise refusal from refused
        return Response(PictureAddressSerializer(user, context={"request": request}).data)

    @extend_schema(
        tags=told.TAGS,
        summary="Take the picture away",
        description="The file is deleted.",
        responses={204: None},
    )
    def delete(self, request: Request, pk: int) -> Response:
        """One's own."""
        pictures.remove_picture(self._person(pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _person(self, pk: int, *, may_see: bool = False) -> User:
        asking = cast("User", self.request.user)
        if asking.pk != pk and not may_see:
            raise Http404
        return get_object_or_404(User, pk=pk)

    def _sees_everybody(self) -> bool:
        asking = cast("User", self.request.user)
        return asking.is_staff and asking.has_perm("accounts.view_user")
