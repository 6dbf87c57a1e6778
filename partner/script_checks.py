"""What may be wrong in a script, found before a learner meets it."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from .phrases import INTENTS
from .scenarios import Scenario
from .scripts import ALWAYS_KNOWN, PLACEHOLDER, Answer, Node, Script


def wrong_in(script: Script, scenario: Scenario) -> Iterator[str]:
    """Every fault as "place: what"."""
    if script.start not in script.nodes:
        yield f"start: there is no node {script.start}"
        return
    yield from _checks(script, scenario)
    arriving = _known_on_arrival(script)
    for node in script.nodes.values():
        yield from _node(script, node, arriving[node.name])
    for place, answer in _answers(script):
        yield from _conditions(script, place, answer)
        here = arriving[place.split(".")[1]] if place.startswith("nodes.") else frozenset()
        yield from _lines(script, place, answer, here)
    for name in sorted(set(script.intents) & INTENTS):
        yield f"intents.{name}: is built in"
    for name in sorted(set(script.intents) & set(script.slots)):
        yield f"intents.{name}: is a slot too"


def _named(script: Script, answer: Answer) -> set[str]:
    """The slots that are known whenever an answer is taken, "slot=value" where it is pinned."""
    names = {*answer.when, *answer.known, *(f"{k}={v}" for k, v in answer.sets.items())}
    positive = {name for name in names if not name.startswith("not ")}
    slots = {name for name in positive if name.partition("=")[0] in script.slots}
    return slots | {name.partition("=")[0] for name in slots}


def _known_on_arrival(script: Script) -> dict[str, frozenset[str]]:
    """The slots known at a node on whatever way the talk came there."""
    known: dict[str, frozenset[str] | None] = dict.fromkeys(script.nodes)
    known[script.start] = frozenset()
    changed = True
    while changed:
        changed = False
        for node in script.nodes.values():
            here = known[node.name]
            if here is None:
                continue
            slots = frozenset(name for name in here if "=" not in name)
            ways: list[tuple[str | None, frozenset[str]]] = [(node.next, slots)]
            answers = (*node.replies, *filter(None, [node.rescue]))
            ways += [(one.next, slots | _named(script, one)) for one in answers]
            for way, there in ways:
                before = known.get(way or "")
                after = there if before is None else before & there
                if way in known and after != before:
                    known[way] = after
                    changed = True
    return {name: here or frozenset() for name, here in known.items()}


def _answers(script: Script) -> Iterator[tuple[str, Answer]]:
    for node in script.nodes.values():
        for number, reply in enumerate(node.replies):
            yield f"nodes.{node.name}.replies[{number}]", reply
        if node.rescue:
            yield f"nodes.{node.name}.rescue", node.rescue
    for number, aside in enumerate(script.asides):
        yield f"asides[{number}]", aside
    for number, notice in enumerate(script.notices):
        yield f"notices[{number}]", notice


def _checks(script: Script, scenario: Scenario) -> Iterator[str]:
    known = {check.id for check in scenario.checks}
    met = {check for _, answer in _answers(script) for check in answer.checks}
    for check in sorted(met - known):
        yield f"check {check}: the scenario has none of this name"
    for check in sorted(known - met):
        yield f"check {check}: nothing in the script meets it"


def _node(script: Script, node: Node, known: frozenset[str]) -> Iterator[str]:
    place = f"nodes.{node.name}"
    for slot in node.asks:
        if slot not in script.slots:
            yield f"{place}.asks: there is no slot {slot}"
    ways = [node.next, *(reply.next for reply in node.replies)]
    ways += [node.rescue.next] if node.rescue else []
    unknown = [way for way in ways if way and way not in script.nodes]
    for way in unknown:
        yield f"{place}.next: there is no node {way}"
    if not unknown and not _ends(script, node):
        yield f"{place}: a learner who is never understood does not come to an end from here"
    for key, lines in (("says", node.says), ("again", node.again)):
        if lines and not any(_sayable(script, line, known) for line in lines):
            yield f"{place}.{key}: no line can be said with only {_listed(known)} known"
        for line in lines:
            yield from _placeholders(script, f"{place}.{key}", line)


def _ends(script: Script, node: Node) -> bool:
    here: Node | None = node
    for _ in script.nodes:
        way = here.way_out() if here else None
        if way is None or way not in script.nodes:
            return way is None
        here = script.nodes[way]
    return here is not None and here.end


def _conditions(script: Script, place: str, answer: Answer) -> Iterator[str]:
    intents = INTENTS | set(script.intents) | {"anything"}
    for key, conditions in (("when", answer.when), ("if", answer.known)):
        for condition in conditions:
            name, _, value = condition.removeprefix("not ").partition("=")
            slot = script.slots.get(name)
            if slot is None and (key == "if" or value or name not in intents):
                yield f"{place}.{key}: {condition} is neither a slot nor an intent"
            if slot and value and slot.kind == "choice" and not slot.value(value):
                yield f"{place}.{key}: {name} has no value {value}"
    for name, value in (*answer.sets.items(), *answer.offers.items()):
        slot = script.slots.get(name)
        if slot is None or (slot.kind == "choice" and not slot.value(value)):
            yield f"{place}.set: there is no {name} = {value}"
    if not answer.when and place.startswith(("asides", "notices")):
        yield f"{place}.when: is missing"


def _listed(known: AbstractSet[str]) -> str:
    return ", ".join(sorted(known)) or "nothing"


def _lines(script: Script, place: str, answer: Answer, here: AbstractSet[str]) -> Iterator[str]:
    known = here | _named(script, answer)
    for key, lines in (("says", answer.says), ("pushback", answer.pushback)):
        if lines and not any(_sayable(script, line, known) for line in lines):
            yield f"{place}.{key}: no line can be said with only {_listed(known)} known"
        for line in lines:
            yield from _placeholders(script, f"{place}.{key}", line)


def _sayable(script: Script, line: str, known: AbstractSet[str]) -> bool:
    """Whether a line can be said whatever else the learner has said."""
    for name, fact in PLACEHOLDER.findall(line):
        if name in ALWAYS_KNOWN:
            continue
        if name == "total":
            if not any(_has(script, slot, "price", known) for slot in script.slots):
                return False
        elif name not in known or (fact and fact != "last" and not _has(script, name, fact, known)):
            return False
    return True


def _has(script: Script, name: str, fact: str, known: AbstractSet[str]) -> bool:
    """Whether whatever value a known slot has, it has this fact."""
    slot = script.slots.get(name)
    pinned = {one.partition("=")[2] for one in known if one.startswith(f"{name}=")}
    if slot is None or name not in known or not slot.values:
        return False
    return all(fact in one.facts for one in slot.values if not pinned or one.name in pinned)


def _placeholders(script: Script, place: str, line: str) -> Iterator[str]:
    if "{" in PLACEHOLDER.sub("", line) or "}" in PLACEHOLDER.sub("", line):
        yield f"{place}: a brace is left over in {line!r}"
    for name, fact in PLACEHOLDER.findall(line):
        slot = script.slots.get(name)
        if name in ALWAYS_KNOWN or (name == "total" and not fact):
            continue
        if slot is None:
            yield f"{place}: there is no slot {name}"
        elif fact and fact != "last" and not any(fact in value.facts for value in slot.values):
            yield f"{place}: no value of {name} has the fact {fact}"
