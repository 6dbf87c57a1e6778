"""The type of a request that has passed `login_required`."""

from django.http import HttpRequest

from accounts.models import User


class SignedInRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User
