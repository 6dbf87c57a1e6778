"""`users/me` DELETE and `users/me/export`: leave, and take one's data along."""

from typing import cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import confirmation, second_factor
from accounts.api import documentation as told
from accounts.export_file import serve_export
from accounts.models import User
from accounts.own_data_forms import has_code
from accounts.serializers.factors import ConfirmationSerializer
from accounts.serializers.own_data import DataExportSerializer, ErasureSerializer
from accounts.services import erasure, exports
from contract.documentation import OUTSIDE, RANGE, UNCHANGED
from contract.errors import Conflict
from contract.schema import error_answer

_NO_EXPORT = error_answer("There is no copy.", "no_export", "Ask for a copy first.")
_UNDER_WAY = error_answer(
    "A copy is being made already.",
    "export_under_way",
    "A copy is being made already. Wait until it is ready.",
)


class ExportView(APIView):
    """The copy of everything that belongs to who asks."""

    @extend_schema(
        operation_id="users_me_export",
        tags=told.TAGS,
        summary="How far the copy is",
        description="The copy that was asked for last. `download` is good for some minutes: ask "
        "again for a fresh one. The file is deleted after some days (`expires_at`).",
        responses={200: DataExportSerializer, 404: _NO_EXPORT},
    )
    def get(self, request: Request) -> Response:
        """The newest copy."""
        export = exports.newest_export(cast("User", request.user))
        if export is None:
            raise NotFound(ErrorDetail(_("Ask for a copy first."), "no_export"))
        return Response(DataExportSerializer(export, context={"request": request}).data)

    @extend_schema(
        operation_id="users_me_export_ask",
        tags=told.TAGS,
        summary="Ask for a copy of everything",
        description="A zip with all rows as JSON and CSV, recordings and pictures, made by a "
        "worker. Needs `password` or `otp_token`. The copy before is deleted.",
        request=ConfirmationSerializer,
        responses={202: DataExportSerializer, 403: told.UNCONFIRMED, 409: _UNDER_WAY},
    )
    def post(self, request: Request) -> Response:
        """Order one."""
        confirmation.require(request)
        try:
            export = exports.request_export(
                cast("User", request.user), cast("HttpRequest", request)
            )
        except exports.ExportUnderWay as under_way:
            raise Conflict(str(under_way), "export_under_way") from under_way
        body = DataExportSerializer(export, context={"request": request}).data
        return Response(body, status=status.HTTP_202_ACCEPTED)


class ExportFileView(APIView):
    """The zip."""

    @extend_schema(
        operation_id="users_me_export_file",
        tags=told.TAGS,
        summary="Fetch the copy",
        description="By the address in `download`, within some minutes, signed in as its owner.",
        parameters=[OpenApiParameter("link", str, OpenApiParameter.PATH), RANGE],
        responses={
            (200, "application/octet-stream"): OpenApiResponse(
                OpenApiTypes.BINARY, description="The whole zip."
            ),
            (206, "application/octet-stream"): OpenApiResponse(
                OpenApiTypes.BINARY, description="The range asked for."
            ),
            304: UNCHANGED,
            404: error_answer("The link is too old, or not yours.", "not_found", "Not found."),
            416: OUTSIDE,
        },
    )
    def get(self, request: Request, link: str) -> HttpResponseBase:
        """By one Range, or whole."""
        export = exports.export_of_link(cast("User", request.user), link)
        if export is None:
            raise NotFound
        return serve_export(cast("HttpRequest", request), export)


class OwnAccountView(APIView):
    """The account of who asks."""

    @extend_schema(
        operation_id="users_me_erase",
        tags=told.TAGS,
        summary="Erase my account",
        description="Needs `password` and, where the account has a second factor with codes, "
        "`otp_token` too. All sessions, tokens and families end at once. Until `due_at` the order "
        "can be taken back by signing in on the website; then rows and files are erased.",
        request=ConfirmationSerializer,
        responses={202: ErasureSerializer, 403: told.UNCONFIRMED},
    )
    def delete(self, request: Request) -> Response:
        """Order it."""
        user = cast("User", request.user)
        confirm_with_everything(request, user)
        order = erasure.ask_erasure(user, cast("HttpRequest", request))
        return Response(ErasureSerializer(order).data, status=status.HTTP_202_ACCEPTED)


def confirm_with_everything(request: Request, user: User) -> None:
    """Password and code, where the person has them; else what `confirmation.require` takes.

    Raises ConfirmationRequired, ValidationError or Throttled.
    """
    asked = {"password": user.has_usable_password(), "otp_token": has_code(user)}
    given = request.data if isinstance(request.data, dict) else {}
    if not any(asked.values()) or (second_factor.has_factor(user) and not asked["otp_token"]):
        confirmation.require(request)
    for name, is_asked in asked.items():
        if is_asked and not given.get(name):
            raise confirmation.ConfirmationRequired
        if is_asked and not isinstance(given[name], str):
            raise ValidationError({name: [ErrorDetail(_("Send a text."), "invalid")]})
    if asked["password"]:
        confirmation.check_password(request, given["password"])
    if asked["otp_token"]:
        confirmation.check_code(request, given["otp_token"])
