"""What was understood of one turn: slots, intents, near misses. A pure reading of a script."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from .numbers_said import NUMBER_WORDS, WEAK, numbers_in
from .patterns import ENDS_CAPTURE, Match, Pattern, Word, spaced, words_of
from .phrases import Phrases
from .scripts import Node, Script, Slot

MISHEARD = 0.84
"""From this likeness on a word counts as a mis-heard name (difflib ratio)."""
NEAR_MISS = 0.7
"""From this likeness on the partner asks "did you mean …?"."""
_ARTICLES = ("a", "an", "the", "some", "un", "una", "el", "la", "los", "las", "unos", "unas")


@dataclass(frozen=True)
class Mention:
    """One value of a slot, and the words it was said in (from, past the last)."""

    slot: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Understood:
    """What a turn holds. `refused` are the slots whose values came after a "not"."""

    words: tuple[Word, ...]
    mentions: tuple[Mention, ...] = ()
    intents: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    caught: dict[str, str] = field(default_factory=dict)
    guess: Mention | None = None
    foreign: str | None = None

    def slots(self) -> dict[str, list[str]]:
        """The values by slot, in the order they were said, each once."""
        found: dict[str, list[str]] = {}
        for mention in self.mentions:
            values = found.setdefault(mention.slot, [])
            if mention.value not in values:
                values.append(mention.value)
        return found


def understand(said: str, script: Script, shared: Phrases, node: Node) -> Understood:
    """Read a turn in the light of the node that asked for it."""
    words = words_of(said)
    text = spaced(words)
    found = [*_named(script, text, node), *_numbers(script, words, text, node)]
    found += _misheard(script, shared, words, found, MISHEARD)
    found = _longest(found)
    kept, refused = _without_refused(found, words, shared)
    own_words = list(_own_words(script, words, text, node))
    caught: dict[str, str] = {}
    intents = set(_intents({**shared.intents, **script.intents}, words, text, caught))
    if refused and not kept:
        intents.add("no")
    if "no" in intents and "yes" in intents and words[0].plain in shared.negations:
        intents.discard("yes")
    guesses = [] if found else _misheard(script, shared, words, found, NEAR_MISS, node.asks)
    return Understood(
        words=words,
        mentions=(*kept, *own_words),
        intents=frozenset(intents),
        refused=frozenset(refused),
        caught=caught,
        guess=guesses[0] if guesses else None,
        foreign=_foreign(words, shared),
    )


def _first(patterns: Iterable[Pattern], text: str) -> Match | None:
    return next((match for one in patterns if (match := one.find(text))), None)


def _named(script: Script, text: str, node: Node) -> Iterator[Mention]:
    for slot in script.slots.values():
        for value in slot.values:
            for form in value.forms + (value.here if slot.name in node.asks else ()):
                match = form.find(text)
                if match:
                    yield Mention(slot.name, value.name, match.start, match.end)


def _numbers(script: Script, words: tuple[Word, ...], text: str, node: Node) -> Iterator[Mention]:
    slots = [slot for slot in script.slots.values() if slot.kind == "number"]
    if not slots:
        return
    numbers = numbers_in([word.plain for word in words])
    for slot in slots:
        near = _first(slot.near, text)
        fitting = [
            (start, end, value)
            for start, end, value in numbers
            if slot.low <= value <= slot.high
            and ((near and _beside(near, start, end)) or slot.name in node.asks)
        ]
        # "One" is mostly no number; where another was said, that one is meant.
        strong = [one for one in fitting if words[one[0]].plain not in WEAK]
        beside = [one for one in strong or fitting if near and _beside(near, one[0], one[1])]
        for start, end, value in (beside or strong or fitting)[:1]:
            yield Mention(slot.name, str(value), start, end)


def _beside(near: Match, start: int, end: int) -> bool:
    return (
        0 <= near.start - end <= 1 or 0 <= start - near.end <= 1 or near.start <= start < near.end
    )


def _content(words: tuple[Word, ...], shared: Phrases) -> list[int]:
    return [
        place
        for place, word in enumerate(words)
        if len(word.plain) > 3 and word.plain not in shared.common and not word.plain.isdecimal()
    ]


def _misheard(
    script: Script,
    shared: Phrases,
    words: tuple[Word, ...],
    found: list[Mention],
    least: float,
    only: tuple[str, ...] = (),
) -> list[Mention]:
    """Values whose name is much like a word that means nothing else here, likest first."""
    taken = {place for mention in found for place in range(mention.start, mention.end)}
    meant = {word for slot in script.slots.values() for word in _meant(slot)}
    places = [p for p in _content(words, shared) if p not in taken and words[p].plain not in meant]
    likest: list[tuple[float, Mention]] = []
    for slot in script.slots.values():
        if only and slot.name not in only:
            continue
        for value in slot.values:
            best = max(
                (
                    (_likeness(form.plain_words, words, place, length), place, place + length)
                    for form in value.forms
                    if form.plain_words and len(form.plain_words) >= 5
                    for place in places
                    for length in {1, form.plain_words.count(" ") + 1}
                    if place + length <= len(words)
                ),
                default=(0.0, 0, 0),
            )
            if best[0] >= least:
                likest.append((best[0], Mention(slot.name, value.name, best[1], best[2])))
    likest.sort(key=lambda one: -one[0])
    return [mention for _, mention in likest]


def _meant(slot: Slot) -> Iterator[str]:
    for value in slot.values:
        for form in value.forms:
            if form.plain_words:
                yield from form.plain_words.split()


def _likeness(form: str, words: tuple[Word, ...], place: int, length: int) -> float:
    said = "".join(word.plain for word in words[place : place + length])
    name = form.replace(" ", "")
    if abs(len(said) - len(name)) > 3 or said[0] != name[0]:
        return 0.0
    likeness = SequenceMatcher(None, said, name, autojunk=False).ratio()
    # One word is two of a name only when hardly a letter differs: "icecream", not "Spain".
    return likeness if length == form.count(" ") + 1 or likeness >= 0.9 else 0.0


def _longest(found: list[Mention]) -> list[Mention]:
    """Of mentions of the same words the longest: "orange juice" is no orange."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda one: (one.start - one.end, one.start)):
        overlaps = any(one.start < mention.end and mention.start < one.end for one in kept)
        same = any((one.slot, one.value) == (mention.slot, mention.value) for one in kept)
        if not same and not (overlaps and _inside_longer(mention, kept)):
            kept.append(mention)
    return sorted(kept, key=lambda one: one.start)


def _inside_longer(mention: Mention, kept: list[Mention]) -> bool:
    return any(
        one.start < mention.end
        and mention.start < one.end
        and (one.end - one.start > mention.end - mention.start or one.slot == mention.slot)
        for one in kept
    )


def _without_refused(
    found: list[Mention], words: tuple[Word, ...], shared: Phrases
) -> tuple[list[Mention], set[str]]:
    kept, refused = [], set()
    for mention in found:
        before = [
            word.plain
            for word in words[max(0, mention.start - 4) : mention.start]
            if word.plain not in _ARTICLES and not _is_number(word.plain)
        ]
        near = before[-1:] if len(words) > 3 or not before else before
        verb = before[-2:-1] if before and before[-1] in _WANTS else []
        if {*near, *verb} & shared.negations and not _answers_no(before, words, mention):
            refused.add(mention.slot)
        else:
            kept.append(mention)
    return kept, refused


def _is_number(word: str) -> bool:
    return word.isdecimal() or word in NUMBER_WORDS


_WANTS = ("want", "like", "have", "take", "need", "quiero", "quiere", "tomo", "gusta")


def _answers_no(before: list[str], words: tuple[Word, ...], mention: Mention) -> bool:
    """Whether "no" stands first as an answer of its own: "no, the soup"."""
    return words[0].plain == "no" and before == ["no"] and mention.start > 1


def _own_words(script: Script, words: tuple[Word, ...], text: str, node: Node) -> Iterator[Mention]:
    for slot in script.slots.values():
        if slot.kind != "phrase":
            continue
        patterns = slot.patterns + (slot.here if slot.name in node.asks else ())
        for one in patterns:
            match = one.find(text)
            if match is None or match.caught is None:
                continue
            start, end = match.caught
            for place in range(start + 1, end):
                if words[place].plain in ENDS_CAPTURE:
                    end = place
                    break
            if words[start].plain not in ENDS_CAPTURE:
                own = " ".join(_heard_once(words[start:end]))
                yield Mention(slot.name, own, start, end)
                break


def _heard_once(words: tuple[Word, ...]) -> Iterator[str]:
    """The words as heard; a contraction that stands in full once ("I'm" is two words)."""
    before: str | None = None
    for word in words:
        if not ("'" in word.heard and word.heard == before):
            yield word.heard
        before = word.heard


def _intents(
    intents: dict[str, tuple[Pattern, ...]],
    words: tuple[Word, ...],
    text: str,
    caught: dict[str, str],
) -> Iterator[str]:
    for name, patterns in intents.items():
        match = _first(patterns, text)
        if match is None:
            continue
        if match.caught:
            own = words[match.caught[0] : match.caught[1]]
            caught[name] = " ".join(word.plain for word in own)
        yield name


def _foreign(words: tuple[Word, ...], shared: Phrases) -> str | None:
    """Another language most of the words belong to; None when in doubt."""
    said = [word.plain for word in words]
    ours = sum(word in shared.common for word in said)
    counts = {name: sum(word in known for word in said) for name, known in shared.foreign.items()}
    name = max(counts, key=lambda one: counts[one], default=None)
    if name is None or counts[name] < 2 or counts[name] <= ours:
        return None
    return name if counts[name] * 3 >= len(said) else None
