"""New passwords, and what ends with the old one."""

from django.db import transaction

from accounts.models import DeviceToken, User


def set_password(user: User, password: str) -> None:
    """Give `user` a new password: it ends their other sessions, and every device token."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        DeviceToken.objects.filter(user=user).delete()


def reset_password(user: User, password: str) -> bool:
    """The same for `user` as a link in a mail found them; False where the link was used meanwhile.

    The password that the link was made for must still stand: one conditional UPDATE decides. Having
    read the mail shows that the address is theirs.
    """
    with transaction.atomic():
        unchanged = User.objects.filter(pk=user.pk, password=user.password)
        user.set_password(password)
        if not unchanged.update(password=user.password, email_verified=True):
            return False
        DeviceToken.objects.filter(user=user).delete()
        return True
