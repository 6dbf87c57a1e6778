"""Numbers in letters as numbers in digits, so that "twenty-one" and "21" are the same reading."""

from collections.abc import Iterator, Mapping, Sequence

HUNDRED = 100
THOUSAND = 1000


def in_digits(
    tokens: Sequence[str], values: Mapping[str, int], joiner: str = "and"
) -> Iterator[tuple[str, int, int]]:
    """Each token, or run of number words as one number, with its first and last place.

    "two hundred and five" is 205, "nineteen sixty one" 1961; digits keep only their digits.
    """
    at = 0
    while at < len(tokens):
        end = _run_end(tokens, at, values, joiner)
        if end > at:
            yield (
                _compose([values[token] for token in tokens[at:end] if token in values]),
                at,
                end - 1,
            )
            at = end
            continue
        digits = "".join(letter for letter in tokens[at] if letter.isdigit())
        whole = digits if digits and not any(letter.isalpha() for letter in tokens[at]) else ""
        yield whole or tokens[at], at, at
        at += 1


def _run_end(tokens: Sequence[str], at: int, values: Mapping[str, int], joiner: str) -> int:
    end = at
    while end < len(tokens) and (
        tokens[end] in values
        or (
            tokens[end] == joiner
            and end > at
            and values.get(tokens[end - 1], 0) >= HUNDRED
            and end + 1 < len(tokens)
            and tokens[end + 1] in values
        )
    ):
        end += 1
    return end


def _compose(parts: Sequence[int]) -> str:
    """The digits of a run: added where a smaller one follows a round one, else side by side."""
    groups: list[int] = []
    total = current = 0
    previous = 0
    for part in parts:
        if part >= THOUSAND:
            total += max(current, 1) * part
            current = 0
        elif part == HUNDRED:
            current = max(current, 1) * HUNDRED
        elif not previous or previous >= HUNDRED or (20 <= previous < HUNDRED and 0 < part < 10):
            current += part
        else:
            groups.append(total + current)
            total, current = 0, part
        previous = part
    groups.append(total + current)
    return "".join(str(group) for group in groups)
