"""How refusals of practice are told."""

from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import NotFound, ParseError, PermissionDenied, ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from contract.errors import Conflict
from practice import services
from practice.models import PracticeSession


class PracticeRefusalsMixin(APIView):
    """What is not valid is 422; another's session is 403, one that is not there 404."""

    status_of_invalid = status.HTTP_422_UNPROCESSABLE_ENTITY

    def handle_exception(self, exc: Exception) -> Response:
        """Say it in the shape of the contract."""
        return super().handle_exception(self.told(exc))

    def told(self, exc: Exception) -> Exception:
        """The API's own exception for one of practice."""
        if isinstance(exc, services.NotTheirs):
            return PermissionDenied(_("This session belongs to somebody else."))
        if isinstance(exc, services.TooManySequences):
            return Conflict(str(exc), "too_many")
        if isinstance(exc, PracticeSession.DoesNotExist):
            return NotFound(_("There is no such practice session."))
        if isinstance(exc, ValidationError | ParseError):
            exc.status_code = self.status_of_invalid
        return exc
