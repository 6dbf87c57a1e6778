"""Who a session belongs to, with what every request wants to know of them."""

from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class PersonBackend(ModelBackend):
    """Django's own; whether the account waits to be erased comes in the same query."""

    def get_user(self, user_id: int) -> User | None:
        """The active person of this number."""
        user = User.objects.select_related("erasure").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
