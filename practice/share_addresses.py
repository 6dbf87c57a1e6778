"""Where a share of practice is read: whole addresses, whatever host a request came to."""

from accounts.links import address
from practice.models import SequenceShare
from sharing.links import token_of
from sharing.models import Share


def address_of(share: Share) -> str:
    """The address that its owner gives to others."""
    page = "practice:shared_sequence" if isinstance(share, SequenceShare) else "practice:shared"
    return address(page, token_of(share))
