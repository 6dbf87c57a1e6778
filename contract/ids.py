"""Ids as the database keeps them."""

MAX_ID = 2**63 - 1
# Every number of so many digits is smaller than that.
_MOST_DIGITS = 18


def id_in_address(digits: str) -> int:
    """The id that `digits` name; what is too large for any row becomes the largest there can be."""
    return min(int(digits[:20]), MAX_ID)


def whole_number(text: str) -> int | None:
    """The number that `text`, as somebody sent it, writes in plain digits; None where it is none.

    Of more digits than any id has it is none either: to read thousands of them is refused.
    """
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_number else None
