"""Imagined learners play every script to its end; their talks stand in dialogues.toml."""

import tomllib
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from partner.dialogue import Reply, answer, open_dialogue
from partner.personas import persona
from partner.scenarios import all_scenarios, scenario, script_languages
from partner.script_files import script

DIALOGUES = tomllib.loads((Path(__file__).parent / "dialogues.toml").read_text("utf-8"))[
    "dialogues"
]
PLAYABLE = [
    (one.slug, language) for one in all_scenarios() for language in script_languages(one.slug)
]
SEEDS = range(3)


def played(slug: str, language: str, who: str, turns: list[str], seed: int) -> list[Reply]:
    """Every reply of the talk, the opening first, up to its end."""
    situation = scenario(slug)
    replies = [open_dialogue(situation, language, persona(who), seed=seed)]
    for said in turns:
        if replies[-1].finished:
            break
        replies.append(answer(situation, language, persona(who), replies[-1].state, said))
    return replies


def known_before(slug: str, language: str, node: str) -> dict[str, list[str]]:
    """A value for every choice but those the node asks for."""
    found = script(slug, language)
    return {
        slot.name: [slot.values[0].name]
        for slot in found.slots.values()
        if slot.values and slot.name not in found.nodes[node].asks
    }


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "talk", DIALOGUES, ids=lambda talk: f"{talk['language']}-{talk['slug']}-{talk['learner']}"
)
def test_learner_finishes_the_talk_with_every_check_met(talk, seed):
    replies = played(talk["slug"], talk["language"], talk["persona"], talk["turns"], seed)
    assert len(replies) == len(talk["turns"]) + 1, f"over after: {replies[-1].text}"
    assert replies[-1].finished, replies[-1].text
    assert set(replies[-1].checks_met) == {check.id for check in scenario(talk["slug"]).checks}
    assert all(reply.understood for reply in replies[1:])


@pytest.mark.parametrize("playable", PLAYABLE, ids="-".join)
def test_script_has_a_fluent_and_a_clumsy_learner(playable):
    learners = {
        talk["learner"] for talk in DIALOGUES if (talk["slug"], talk["language"]) == playable
    }
    assert learners == {"fluent", "clumsy"}


@pytest.mark.parametrize("playable", PLAYABLE, ids="-".join)
def test_every_node_of_the_script_is_reached_from_its_start(playable):
    found = script(*playable)
    reached, left = set(), [found.start]
    while left:
        name = left.pop()
        if name in reached:
            continue
        reached.add(name)
        node = found.nodes[name]
        answers = [*node.replies, *([node.rescue] if node.rescue else [])]
        left += [way for way in (node.next, *(one.next for one in answers)) if way]
    assert reached == set(found.nodes)


@pytest.mark.parametrize("playable", PLAYABLE, ids="-".join)
def test_learner_who_is_never_understood_comes_to_the_end_all_the_same(playable):
    turns = ["brrr"] * 3 * len(script(*playable).nodes)
    for who in ("patient", "tough"):
        assert played(*playable, who, turns, seed=1)[-1].finished


@pytest.mark.parametrize("playable", PLAYABLE, ids="-".join)
@pytest.mark.parametrize("said", ["", "no"])
def test_learner_who_always_says_the_same_is_told_something_every_time(playable, said):
    assert all(reply.text.strip() for reply in played(*playable, "tough", [said] * 12, seed=1))


@pytest.mark.parametrize("playable", PLAYABLE, ids="-".join)
def test_partner_never_says_the_same_twice_in_a_row_to_a_learner_it_does_not_understand(playable):
    replies = played(*playable, "patient", ["brrr"] * 20, seed=2)
    texts = [reply.text for reply in replies]
    assert all(one != two for one, two in pairwise(texts))


@pytest.mark.parametrize("playable", PLAYABLE, ids="-".join)
def test_each_question_offers_hints_that_the_partner_understands(playable):
    slug, language = playable
    situation, who = scenario(slug), persona("patient")
    for name, node in script(slug, language).nodes.items():
        for hint in node.hints:
            if "…" in hint:
                continue
            opened = open_dialogue(situation, language, who, seed=1).state
            state = opened | {"node": name, "slots": known_before(slug, language, name)}
            reply = answer(situation, language, who, state, hint)
            assert reply.understood, f"{name}: {hint} -> {reply.text}"


@pytest.mark.parametrize("playable", PLAYABLE, ids="-".join)
def test_learner_who_takes_any_of_the_hints_comes_to_the_end(playable):
    slug, language = playable
    situation, met = scenario(slug), set()
    for seed in range(6):
        chance, who = Random(seed), persona("tough" if seed % 2 else "patient")
        reply = open_dialogue(situation, language, who, seed=seed)
        for _ in range(40):
            if reply.finished:
                break
            said = chance.choice(reply.hints).replace("…", "Anna")
            reply = answer(situation, language, who, reply.state, said)
        assert reply.finished, reply.text
        met |= set(reply.checks_met)
    assert met == {check.id for check in situation.checks}
