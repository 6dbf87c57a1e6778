"""Play a scripted talk in a terminal: python -m partner ordering-food --language en."""

import argparse
import sys

from .dialogue import Reply, answer, open_dialogue
from .personas import all_personas, persona
from .scenarios import all_scenarios, scenario, script_languages


def _show(reply: Reply, partner: str) -> None:
    print(f"\n{partner}: {reply.text}")
    for correction in reply.corrections:
        print(f"    {correction.said} -> {correction.better} · {correction.why}")
    notes = [f"node {reply.state['node']}", f"slots {reply.state['slots']}"]
    notes += [f"met {', '.join(reply.checks_met)}"] if reply.checks_met else []
    notes += [] if reply.understood else ["not understood"]
    print(f"    ({'; '.join(notes)})")
    if reply.hints:
        print(f"    hints: {' | '.join(reply.hints)}")


def main() -> int:
    """Read turns from standard input until the talk is over."""
    parser = argparse.ArgumentParser(prog="python -m partner", description=__doc__)
    playable = [one.slug for one in all_scenarios() if script_languages(one.slug)]
    parser.add_argument("slug", choices=playable)
    parser.add_argument("--language", default="en")
    parser.add_argument("--persona", default=all_personas()[0].slug)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    if chosen.language not in script_languages(chosen.slug):
        parser.error(f"{chosen.slug} has scripts in: {', '.join(script_languages(chosen.slug))}")
    situation, who = scenario(chosen.slug), persona(chosen.persona)
    reply = open_dialogue(situation, chosen.language, who, seed=chosen.seed)
    print(f"{situation.title}: {situation.goal}")
    _show(reply, situation.partner_name)
    while not reply.finished:
        sys.stdout.write("\nYou: ")
        sys.stdout.flush()
        said = sys.stdin.readline()
        if not said:
            break
        reply = answer(situation, chosen.language, who, reply.state, said)
        _show(reply, situation.partner_name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
