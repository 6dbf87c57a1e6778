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
class Context:
    """Words beside a match: one of `only` must stand there, none of `never`; "^" is the edge."""

    only: frozenset[str]
    never: frozenset[str]

    def allows(self, word: str) -> bool:
        """Whether this word (or "^") may stand there."""
        return word not in self.never and (not self.only or word in self.only)


@dataclass(frozen=True)
class Rule:
    """One rule: `better` and `recast` are templates over the groups of the pattern."""

    name: str
    regex: re.Pattern[str]
    unless: re.Pattern[str] | None
    before: Context
    after: Context
    better: str
    swaps: dict[str, str]
    recast: str | None
    why: str
    weight: int
    examples: tuple[Example, ...]


_LIST = re.compile(r"\{([a-z_]+)\}")


def _rule(name: str, table: Table, lists: dict[str, str]) -> Rule:
    swaps_table = table.table("swaps")
    swaps = {word: swaps_table.text(word) for word in list(swaps_table.rows)}
    named = {**lists, "swaps": "|".join(swaps)}

    def regex(key: str) -> re.Pattern[str]:
        source = _LIST.sub(lambda hit: named.get(hit[1], hit[0]), table.text(key))
        try:
            return re.compile(rf"(?<![\w'])(?:{source})(?![\w'])", re.IGNORECASE)
        except re.error as error:
            raise table.fail(key, f"cannot be read: {error}") from None

    def words(key: str) -> frozenset[str]:
        return frozenset(" ".join(table.lines(key)).split())

    wrong, right = table.lines("wrong", 1), table.lines("right", 1)
    pairs = [pair.partition(" -> ") for pair in wrong]
    rule = Rule(
        name=name,
        regex=regex("find"),
        unless=regex("unless") if "unless" in table.rows else None,
        before=Context(words("only_after"), words("not_after")),
        after=Context(words("only_before"), words("not_before")),
        better=table.text("better"),
        swaps=swaps,
        recast=table.text("recast", "") or None,
        why=table.text("why"),
        weight=table.whole("weight", 1, 3, 2),
        examples=(
            *(Example(said, better) for said, _, better in pairs),
            *(Example(said, None) for said in right),
        ),
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
    lists = {name: "|".join(named.lines(name, 1)) for name in list(named.rows)}
    found = tuple(_rule(name, row, lists) for name, row in file.table("rules").each().items())
    file.close()
    return found


def _filled(template: str, rule: Rule, match: re.Match[str]) -> str:
    """The template with groups in place: {1} as said, {1.swap} by the rule's swaps."""

    def part(hit: re.Match[str]) -> str:
        said = match[int(hit[1])] or ""
        return rule.swaps.get(said.lower(), said) if hit[2] else said

    text = re.sub(r"\{(\d)(\.swap)?\}", part, template)
    return " ".join(text.split())


_WORD = re.compile(r"[\w']+")
# What ends the words that a recast may take over from the learner; more than six are too many.
_STOPS = frozenset(
    ("and", "but", "because", "so", "please", "i", "when", "if", "or", "y", "pero", "porque", "que")
)
_TURNED = {"my": "your", "me": "you", "our": "your", "your": "my", "mine": "yours"}


def _rest(text: str, end: int) -> str | None:
    """The learner's words after a match as the partner would say them; None when too long."""
    rest: list[str] = []
    for word in _WORD.findall(re.split(r"[.,;:?!]", text[end:], maxsplit=1)[0]):
        if word.lower() in _STOPS:
            break
        rest.append(_TURNED.get(word.lower(), word))
    return " ".join(rest) if len(rest) <= 6 else None


def _recast(rule: Rule, match: re.Match[str], text: str) -> str | None:
    if rule.recast is None:
        return None
    rest = _rest(text, match.end()) if "{rest}" in rule.recast else ""
    if rest is None:
        return None
    return _filled(rule.recast.replace("{rest}", rest), rule, match)


def _as_said(better: str, said: str) -> str:
    """The better form with a capital where what was said began with one."""
    keep = said[:1].isupper() and not said.startswith(("I ", "I'"))
    return better[0].upper() + better[1:] if keep or better.startswith(("i ", "i'")) else better


def found_by(rule: Rule, text: str) -> Iterator[Finding]:
    """Every place where one rule applies; nothing where the better form is what was said."""
    straight = text.replace("’", "'")
    if rule.unless and rule.unless.search(straight):
        return
    lower = straight.lower()
    for match in rule.regex.finditer(straight):
        said = text[match.start() : match.end()]
        before = _WORD.findall(lower[: match.start()])[-1:] or ["^"]
        after = _WORD.match(lower[match.end() :].lstrip(" "))
        if not rule.before.allows(before[0]) or not rule.after.allows(after[0] if after else "^"):
            continue
        better = _as_said(_filled(rule.better, rule, match), said)
        if better.lower() == " ".join(said.lower().split()):
            continue
        correction = Correction(said, better, rule.why, rule.name)
        recast = _recast(rule, match, straight)
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
