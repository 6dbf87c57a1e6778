"""Whether a reworded text says only what the facts say."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jsonschema import Draft202012Validator

from analysis.rewording import claims
from analysis.rewording.facts import Facts
from analysis.rewording.numbers import Number, placed_numbers

_A_MINUTE = re.compile(
    r"\W*(?:[^\W\d]+\W+){0,4}?(?:a|an|per|each|every|/)\s*min(?:ute)?\b", re.IGNORECASE
)


def problem_of(answer: Mapping[str, Any], facts: Facts, said: Sequence[str] = ()) -> str | None:
    """Why an answer must not be shown, in a few words; None where nothing speaks against it.

    `said`: the sentences of one's last report, which are not said again.
    """
    wrong = next(iter(Draft202012Validator(facts.schema()).iter_errors(dict(answer))), None)
    if wrong is not None:
        return f"form: {wrong.validator} at {'/'.join(map(str, wrong.absolute_path)) or 'root'}"
    for field in facts.sentences:
        if problem := _problem(field, answer[field], facts, said):
            return f"{problem} in {field}"
    if not claims.is_english(" ".join(answer[field] for field in facts.sentences)):
        return "language"
    return None


def _problem(field: str, text: str, facts: Facts, said: Sequence[str]) -> str | None:
    if claims.unwritable(text):
        return "characters"
    if text.strip().lower() in {sentence.strip().lower() for sentence in said}:
        return "the words of the last report"
    source = facts.source(field)
    if problem := next(_numbers(text, source), None):
        return problem
    everything = facts.everything()
    if (quote := claims.unknown_quote(text, everything)) is not None:
        return f"quote {quote[:40]!r}"
    topic = claims.unknown_topic(text, everything)
    return f"claim about {topic}" if topic else None


def _numbers(text: str, source: str) -> Iterator[str]:
    """Numbers that the source does not hold, or holds as something else."""
    known: dict[Number, list[tuple[int, int]]] = {}
    for number, start, end in placed_numbers(source):
        known.setdefault(number, []).append((start, end))
    for number, start, end in placed_numbers(text):
        places = known.get(number)
        if places is None:
            yield f"number {text[start:end]!r}"
            continue
        rates = {_is_rate(source, end) for _, end in places}
        if _is_rate(text, end) and True not in rates and _counts(source, places):
            yield f"number {text[start:end]!r} as a rate"
        if claims.turned_round(text[:start], [source[:start] for start, _ in places]):
            yield f"number {text[start:end]!r} on the other side"


def _is_rate(text: str, end: int) -> bool:
    return bool(_A_MINUTE.match(text, end))


def _counts(source: str, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a number counts things: the source names them after it."""
    return any(
        re.match(r"\s+(?:of\b|times\b|[a-z]+\s+)?[a-z]*s\b", source[end:]) for _, end in places
    )
