"""What a link to a share carries: its key and a signature, so the database alone opens nothing.

The owner can read the link again whenever they like, and no copy of it lies anywhere.
"""

from django.core import signing

from sharing.models import Share


def token_of(share: Share) -> str:
    """What stands in the address of `share`."""
    return _signer(type(share)).sign(share.key)


def key_of(model: type[Share], token: str) -> str | None:
    """The key of the share that `token` leads to; None where it was made up."""
    try:
        return _signer(model).unsign(token)
    except signing.BadSignature:
        return None


def _signer(model: type[Share]) -> signing.Signer:
    return signing.Signer(sep=".", salt=f"sharing.{model.__name__}")
