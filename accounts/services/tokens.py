"""Tokens of devices: issued and ended."""

from accounts.models import DeviceToken, User


def issue_token(user: User, name: str, *, second_factor: bool) -> tuple[DeviceToken, str]:
    """A new device token, and its key, which is not kept.

    `second_factor` says whether whoever asks has given one; it stands on the token.
    """
    token, key = DeviceToken.objects.create(
        user=user, name=name.strip()[:100], second_factor=second_factor
    )
    return token, key


def revoke_tokens(user: User, digest: str | None = None) -> int:
    """End the token of `user` with this `digest`, or all of them; how many there were."""
    tokens = DeviceToken.objects.filter(user=user)
    if digest is not None:
        tokens = tokens.filter(digest=digest)
    ended: int = tokens.delete()[0]
    return ended
