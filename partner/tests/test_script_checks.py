from dataclasses import replace

import pytest

from partner.scenarios import scenario
from partner.script_checks import wrong_in
from partner.script_files import script


def faults(**changes):
    """What is wrong in the restaurant's script with a node or more put differently."""
    found = script("ordering-food", "en")
    nodes = {**found.nodes, **changes.pop("nodes", {})}
    return list(wrong_in(replace(found, nodes=nodes, **changes), scenario("ordering-food")))


def node(name, **changes):
    return {name: replace(script("ordering-food", "en").nodes[name], **changes)}


def reply(name, **changes):
    found = script("ordering-food", "en").nodes[name]
    return node(name, replies=(replace(found.replies[0], **changes), *found.replies[1:]))


def test_sound_script_has_no_faults():
    assert faults() == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"start": "roof"}, "there is no node roof"),
        ({"nodes": reply("drink", next="roof")}, "there is no node roof"),
        ({"nodes": reply("drink", when=("roof",))}, "roof is neither a slot nor an intent"),
        ({"nodes": reply("drink", when=("drink=petrol",))}, "drink has no value petrol"),
        ({"nodes": reply("drink", says=("{payment}.",))}, "no line can be said with only"),
        ({"nodes": reply("drink", says=("{drnk}.", "Yes."))}, "there is no slot drnk"),
        ({"nodes": reply("drink", says=("{drink.hue}.", "Yes."))}, "has the fact hue"),
        ({"nodes": reply("drink", says=("{drink.", "Yes."))}, "a brace is left over"),
        ({"nodes": reply("drink", checks=("sing",))}, "the scenario has none of this name"),
        ({"nodes": reply("drink", sets={"drink": "petrol"})}, "there is no drink = petrol"),
        ({"nodes": node("pay", asks=("roof",))}, "there is no slot roof"),
        ({"nodes": node("serve", says=("{payment}",))}, "no line can be said with only"),
        ({"nodes": node("serve", next="drink")}, "does not come to an end"),
        ({"notices": ()}, "nothing in the script meets it"),
        ({"intents": {"yes": ()}}, "is built in"),
    ],
)
def test_fault_in_a_script_is_named(changes, fault):
    assert any(fault in one for one in faults(**changes)), faults(**changes)
