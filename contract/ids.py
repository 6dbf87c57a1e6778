"""Ids as the database keeps them."""

MAX_ID = 2**63 - 1


def id_in_address(digits: str) -> int:
    """The id that `digits` name; what is too large for any row becomes the largest there can be."""
    return min(int(digits[:20]), MAX_ID)
