"""Read the scripts of situations, each once, and refuse one that could fail a learner."""

from functools import cache

from .data_files import DATA, DataError, Table, read
from .pattern_tables import patterns_under
from .scenarios import Scenario, scenario
from .script_checks import wrong_in
from .scripts import Answer, Fact, Node, NoScript, Script, Slot, Value


def _value(table: Table) -> Value:
    name = table.text("name")
    echo = table.text("echo", name)
    forms = patterns_under(table, "forms", [name])
    here = patterns_under(table, "here")
    facts: dict[str, Fact] = {}
    for key in list(table.rows):
        fact = table.rows.pop(key)
        if isinstance(fact, bool) or not isinstance(fact, str | int | float):
            raise table.fail(key, "is neither a text nor a number")
        facts[key] = fact
    if not isinstance(facts.get("price", 0), int | float):
        raise table.fail("price", "is no number")
    return Value(name, echo, forms, here, facts)


def _slot(name: str, table: Table) -> Slot:
    slot = Slot(
        name=name,
        kind=table.one_of("kind", ("choice", "number", "phrase"), "choice"),
        many=table.yes("many"),
        values=tuple(_value(row) for row in table.tables("values")),
        low=table.whole("min", 0, 10**6, 0),
        high=table.whole("max", 0, 10**6, 10**6),
        near=patterns_under(table, "near"),
        patterns=patterns_under(table, "patterns"),
        here=patterns_under(table, "here"),
    )
    table.close()
    if (slot.kind == "choice") != bool(slot.values):
        raise table.fail("values", "stand in every choice, and only there")
    if slot.kind == "phrase" and not all("*" in one.source for one in slot.patterns + slot.here):
        raise table.fail("patterns", "of a phrase each need a *")
    return slot


def _answer(table: Table, least: int = 1) -> Answer:
    sets, offers = table.table("set"), table.table("offer")
    answer = Answer(
        when=table.lines("when"),
        known=table.lines("if"),
        says=table.lines("says", least),
        pushback=table.lines("pushback"),
        checks=table.lines("check"),
        sets={slot: sets.text(slot) for slot in list(sets.rows)},
        offers={slot: offers.text(slot) for slot in list(offers.rows)},
        next=table.text("next", "") or None,
        words=table.whole("words", 0, 50, 0),
    )
    table.close()
    return answer


def _node(name: str, table: Table) -> Node:
    rescue = table.table("rescue") if "rescue" in table.rows else None
    node = Node(
        name=name,
        says=table.lines("says", 1),
        again=table.lines("again"),
        asks=table.lines("asks"),
        hints=table.lines("hints"),
        replies=tuple(_answer(row) for row in table.tables("replies")),
        rescue=_answer(rescue) if rescue else None,
        next=table.text("next", "") or None,
        always=table.yes("always"),
        end=table.yes("end"),
    )
    table.close()
    if node.end == bool(node.replies or node.next):
        raise table.fail("next", "stands in a node that does not end and has no replies")
    if node.replies and not any(reply.next for reply in node.replies):
        raise table.fail("replies", "lead nowhere")
    if node.replies and not (node.again and node.hints):
        raise table.fail("again", "and hints stand in every node with replies")
    return node


def _read(scenario: Scenario, language: str) -> Script:
    path = DATA / "scripts" / language / f"{scenario.slug}.toml"
    if not path.is_file():
        raise NoScript(f"{scenario.slug} in {language}")
    table = read(path)
    intents, meanings = table.table("intents"), table.table("meanings")
    script = Script(
        where=table.where,
        language=language,
        address=table.one_of("address", ("usted", "tu"), "usted"),
        start=table.text("start"),
        slots={name: _slot(name, row) for name, row in table.table("slots").each().items()},
        intents={name: patterns_under(intents, name) for name in list(intents.rows)},
        nodes={name: _node(name, row) for name, row in table.table("nodes").each().items()},
        asides=tuple(_answer(row) for row in table.tables("asides")),
        notices=tuple(_answer(row, 0) for row in table.tables("notices")),
        meanings={word: meanings.text(word) for word in list(meanings.rows)},
    )
    table.close()
    return script


@cache
def script(slug: str, language: str) -> Script:
    """The script of a situation; raises NoScript, UnknownScenario, or DataError for a fault."""
    situation = scenario(slug)
    found = _read(situation, language)
    for fault in wrong_in(found, situation):
        raise DataError(f"{found.where}: {fault}")
    return found
