"""The gate of the second factor, as the API asks it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts import second_factor
from accounts.second_factor import Owed


class SecondFactorRequired(PermissionDenied):
    """Who asks is known, but has not given the second factor that their account needs."""

    default_code = "second_factor_required"
    default_detail = _("This account needs a second factor. Sign in again with a code.")


def owed_by(request: Request) -> Owed:
    """What the credential of `request` leaves its owner to give.

    An authentication class that does not say whether a factor was given has not seen one.
    """
    credential = request.auth
    return second_factor.owed(
        request.user,
        given=getattr(credential, "second_factor", False),
        has_device=getattr(credential, "owner_has_factor", None),
    )


class SecondFactorGiven(BasePermission):
    """Lets pass who owes no second factor; whether one must be signed in is another permission."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """True, or SecondFactorRequired: 403 with the code `second_factor_required`."""
        if owed_by(request) is not Owed.NOTHING:
            raise SecondFactorRequired
        return True


class MaySetUpFactor(SecondFactorGiven):
    """Lets pass too who must have a factor and has none yet: here they get one."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """True, or SecondFactorRequired where there is a factor that was not given."""
        return owed_by(request) is Owed.SET_UP or super().has_permission(request, view)
