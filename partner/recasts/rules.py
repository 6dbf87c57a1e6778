"""Find common learner errors by rules that are precise rather than many. Format: data/README.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from partner.data_files import DATA, Table, read


@dataclass(frozen=True)
class Correction:
    """What was said (as it stands in the text), the better form, why, and the rule's name."""

    said: str
    better: str
    why: str
    rule: str


@dataclass(frozen=True)
class Finding:
    """A correction with its place (characters), its weight, and how a partner would say it."""

    correction: Correction
    start: int
    end: int
    weight: int
    recast: str | None


@dataclass(frozen=True)
class Example:
    """What a rule must correct, and into what; `better` None: it must be left alone."""

    said: str
    better: str | None


@dataclass(frozen=True)
class Rule:
    """One rule: `better` and `recast` are templates over the groups of the pattern."""

    name: str
    regex: re.Pattern[str]
    unless: re.Pattern[str] | None
    better: str
    swaps: dict[str, str]
    recast: str | None
    why: str
    weight: int
    examples: tuple[Example, ...]


_SWAP = re.compile(r"\{(\w+)\}")


def _rule(name: str, table: Table, lists: dict[str, str]) -> Rule:
    def regex(key: str) -> re.Pattern[str]:
        source = _SWAP.sub(lambda hit: lists.get(hit[1], hit[0]), table.text(key))
        try:
            return re.compile(rf"\b(?:{source})(?!\w)(?!'\w)", re.IGNORECASE)
        except re.error as error:
            raise table.fail(key, f"cannot be read: {error}") from None

    swaps = table.table("swaps")
    wrong = {f"wrong[{number}]": row for number, row in enumerate(table.tables("wrong"))}
    examples = [Example(row.text("said"), row.text("better")) for row in wrong.values()]
    for row in wrong.values():
        row.close()
    examples += [Example(said, None) for said in table.lines("right", 1)]
    if not wrong:
        raise table.fail("wrong", "has no example")
    rule = Rule(
        name=name,
        regex=regex("find"),
        unless=regex("unless") if "unless" in table.rows else None,
        better=table.text("better"),
        swaps={word: swaps.text(word) for word in list(swaps.rows)},
        recast=table.text("recast", "") or None,
        why=table.text("why"),
        weight=table.whole("weight", 1, 3, 2),
        examples=tuple(examples),
    )
    table.close()
    return rule


@cache
def rules(language: str) -> tuple[Rule, ...]:
    """The rules of a language; none for a language without a file."""
    path = DATA / "recasts" / f"{language}.toml"
    if not path.is_file():
        return ()
    file = read(path)
    named = file.table("lists")
    lists = {name: "(?:" + "|".join(named.lines(name, 1)) + ")" for name in list(named.rows)}
    found = tuple(_rule(name, row, lists) for name, row in file.table("rules").each().items())
    file.close()
    return found


def _filled(template: str, rule: Rule, match: re.Match[str]) -> str:
    """The template with groups in place: {1} as said, {1.swap} by the rule's swaps."""

    def part(hit: re.Match[str]) -> str:
        said = match[int(hit[1])] or ""
        if hit[2] == ".swap":
            return rule.swaps.get(said.lower(), said)
        return said.lower() if hit[2] == ".lower" else said

    text = re.sub(r"\{(\d)(\.swap|\.lower)?\}", part, template)
    return " ".join(text.split())


def _as_said(better: str, said: str) -> str:
    """The better form with a capital where what was said began with one."""
    return better[0].upper() + better[1:] if said[:1].isupper() else better


def found_by(rule: Rule, text: str) -> Iterator[Finding]:
    """Every place where one rule applies; nothing where the better form is what was said."""
    straight = text.replace("’", "'")
    if rule.unless and rule.unless.search(straight):
        return
    for match in rule.regex.finditer(straight):
        said = text[match.start() : match.end()]
        better = _as_said(_filled(rule.better, rule, match), said)
        if better.lower() == " ".join(said.lower().split()):
            continue
        recast = _filled(rule.recast, rule, match) if rule.recast else None
        correction = Correction(said, better, rule.why, rule.name)
        yield Finding(correction, match.start(), match.end(), rule.weight, recast)


def findings_in(text: str, language: str) -> tuple[Finding, ...]:
    """What the rules find, most useful first; of overlapping ones the most useful."""
    found = [
        hit for rule in rules(language.split("-", maxsplit=1)[0]) for hit in found_by(rule, text)
    ]
    found.sort(key=lambda hit: (-hit.weight, hit.start - hit.end, hit.start))
    kept: list[Finding] = []
    for hit in found:
        if all(hit.end <= one.start or one.end <= hit.start for one in kept):
            kept.append(hit)
    return tuple(kept)


def corrections_in(text: str, language: str) -> tuple[Correction, ...]:
    """The corrections of a text, most useful first; empty for a language without rules."""
    return tuple(hit.correction for hit in findings_in(text, language))
