"""Whose sessions a request is about, and how refusals of the services are told."""

from typing import cast

from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import ErrorDetail, PermissionDenied, ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from accounts.models import User
from accounts.time_zones import InOwnZoneMixin
from contract.errors import Conflict, Refused
from contract.ids import id_in_address, whole_number
from speech_sessions import selectors, services
from speech_sessions.models import SpeechSession

# Django's permission that somebody else's sessions need, by method.
_PERMISSIONS = {
    "PUT": "speech_sessions.change_speechsession",
    "PATCH": "speech_sessions.change_speechsession",
    "DELETE": "speech_sessions.delete_speechsession",
}
_VIEW = "speech_sessions.view_speechsession"


class OwnedSessionsViewSet(InOwnZoneMixin, GenericViewSet[SpeechSession]):
    """Reads and writes the sessions of the person who asks, or whom staff ask about."""

    def owner(self) -> User:
        """Who asks, or, for staff whom Django's permissions allow it, the person in `?user=`.

        Raises PermissionDenied, Http404 for nobody, ValidationError for what is no id.
        """
        asked_for = self.request.query_params.get("user", "")
        user = self.who_asks()
        if not asked_for or asked_for == str(user.pk):
            return user
        permission = _PERMISSIONS.get(self.request.method or "", _VIEW)
        if not (user.is_staff and user.has_perm(permission)):
            raise PermissionDenied(_("You may see your own sessions only."))
        number = whole_number(asked_for)
        if number is None:
            detail = ErrorDetail(_("Send the id of a user."), "invalid")
            raise ValidationError({"user": [detail]})
        return get_object_or_404(User, pk=number)

    def who_asks(self) -> User:
        """The person who is signed in: nobody else passes the permission."""
        return cast("User", self.request.user)

    def get_object(self) -> SpeechSession:
        """The session that the address names; 404 where it is not there or another's."""
        sessions = selectors.sessions_of(self.owner())
        return get_object_or_404(sessions, pk=id_in_address(self.kwargs["pk"]))

    def own_object(self) -> SpeechSession:
        """The same, but only one's own, whatever the permissions of staff."""
        sessions = selectors.sessions_of(self.who_asks())
        return get_object_or_404(sessions, pk=id_in_address(self.kwargs["pk"]))

    def opened_object(self) -> SpeechSession:
        """The session, to hear or to read what was said: its owner is told where staff do so."""
        session = self.get_object()
        services.note_opened(session, self.who_asks())
        return session

    def handle_exception(self, exc: Exception) -> Response:
        """Say in the shape of the contract what a service refused."""
        return super().handle_exception(_told(exc))


def _told(exc: Exception) -> Exception:
    if isinstance(exc, services.RecordingRefused):
        if exc.status == status.HTTP_400_BAD_REQUEST:
            return ValidationError({"audio_file": [ErrorDetail(exc.message, exc.code)]})
        return Refused(exc.status, exc.code, exc.message, attr="audio_file")
    if isinstance(exc, services.AlreadyRunning):
        return Conflict(str(exc), "already_running")
    if isinstance(exc, services.NothingToAnalyse):
        return Conflict(str(exc), "nothing_to_analyse")
    return exc
