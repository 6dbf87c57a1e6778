"""What is read of an account."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import BackupCode, DeviceToken, User


def backup_codes_left(user: User) -> int:
    """How many backup codes `user` has not used yet."""
    return BackupCode.objects.filter(device__user=user).count()


def tokens_of(user: User) -> QuerySet[DeviceToken]:
    """The devices that may speak for `user`, the newest first; expired ones are left out."""
    lasting = Q(expiry=None) | Q(expiry__gt=timezone.now())
    return DeviceToken.objects.filter(lasting, user=user).order_by("-created")
