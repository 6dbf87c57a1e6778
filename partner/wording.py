"""Choose a line and fill it: the same for the same seed, and never twice in a row."""

import re
from collections.abc import Mapping, Sequence
from random import Random

from .personas import Persona
from .phrases import Phrases
from .scenarios import Scenario
from .scripts import PLACEHOLDER, Script
from .talk_state import Talk

_SENTENCE_START = re.compile(r"(^|[.?!…]\s+)([¿¡]?)(\w)")
_ENDINGS = re.compile(r"[.]([.?!,])")
SENTENCES = re.compile(r"[^.?!…]+[.?!…]*")


class Wording:
    """The lines of one talk in one persona's manner."""

    def __init__(
        self,
        scenario: Scenario,
        script: Script,
        shared: Phrases,
        persona: Persona,
        talk: Talk,
    ) -> None:
        self.scenario, self.script, self.shared = scenario, script, shared
        self.persona, self.talk = persona, talk

    def shared_line(self, name: str, /, **own: str) -> str:
        """One of the language's shared lines."""
        return self.line(f"shared.{name}", self.shared.lines[name], own=own)

    def line(
        self,
        key: str,
        lines: Sequence[str],
        about: Mapping[str, list[str]] | None = None,
        own: Mapping[str, str] | None = None,
    ) -> str:
        """The next of the lines that can be said, in an order of the seed's; "" if none can.

        The line with the most of the learner's own words in it comes first the first time.
        """
        known = {**self.talk.slots, **(about or {})}
        usable = [number for number, line in enumerate(lines) if self._sayable(line, known, own)]
        if not usable:
            return ""
        told = [len(PLACEHOLDER.findall(lines[number].replace("{ok}", ""))) for number in usable]
        best = [number for number, count in zip(usable, told, strict=True) if count == max(told)]
        pool = best if max(told) and key not in self.talk.lines else usable
        before = self.talk.lines.get(key)
        chosen = Random(f"{self.talk.seed} {key}").choice(pool)  # noqa: S311 a choice of words
        if before is not None:
            chosen = next((number for number in usable if number > before), usable[0])
        self.talk.lines[key] = chosen
        return self._filled(lines[chosen], known, own or {})

    def _sayable(
        self, line: str, known: Mapping[str, list[str]], own: Mapping[str, str] | None
    ) -> bool:
        for name, fact in PLACEHOLDER.findall(line):
            if name in ("ok", "partner") or name in (own or {}):
                continue
            if name == "total":
                if not self._total():
                    return False
            elif not known.get(name):
                return False
            elif fact and fact != "last":
                value = self.script.slots[name].value(known[name][-1])
                if value is None or fact not in value.facts:
                    return False
        return True

    def _filled(self, line: str, known: Mapping[str, list[str]], own: Mapping[str, str]) -> str:
        def part(hit: re.Match[str]) -> str:
            name, fact = hit[1], hit[2]
            if name in own:
                return own[name]
            if name == "ok":
                return self.ok()
            if name == "partner":
                return self.scenario.partner_name
            if name == "total":
                return _amount(self._total())
            values = known[name]
            if fact == "last":
                return self.echo(name, values[-1])
            if fact:
                value = self.script.slots[name].value(values[-1])
                fact_said = value.facts[fact] if value else ""
                return _amount(fact_said) if isinstance(fact_said, int | float) else fact_said
            return self.joined([self.echo(name, value) for value in values])

        return sentence(PLACEHOLDER.sub(part, line))

    def ok(self) -> str:
        """An acknowledgement in the persona's manner, another one each time."""
        words = self.shared.ok[self.persona.manner]
        before = self.talk.lines.get("ok")
        first = Random(f"{self.talk.seed} ok").randrange(len(words))  # noqa: S311 a choice of words
        chosen = first if before is None else (before + 1) % len(words)
        self.talk.lines["ok"] = chosen
        return words[chosen]

    def echo(self, slot: str, value: str) -> str:
        """How the partner says a value: as the script has it, or the learner's words turned."""
        kind = self.script.slots[slot]
        found = kind.value(value)
        if found:
            return found.echo
        if kind.kind != "phrase":
            return value
        mirror = self.shared.mirror.get(self.script.address, {})
        return " ".join(mirror.get(word.lower(), word) for word in value.split())

    def joined(self, parts: Sequence[str]) -> str:
        """a, b and c."""
        if len(parts) < 2:
            return "".join(parts)
        last = parts[-1]
        joiner = self.shared.joiner
        if joiner == "y" and re.match(r"h?i(?!e)", last.lower()):
            joiner = "e"
        return f"{', '.join(parts[:-1])} {joiner} {last}"

    def _total(self) -> float:
        total = 0.0
        for name, values in self.talk.slots.items():
            for value in values:
                found = self.script.slots[name].value(value) if name in self.script.slots else None
                price = found.facts.get("price", 0) if found else 0
                total += price if isinstance(price, int | float) else 0
        return total


def _amount(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:.2f}"


def sentence(text: str) -> str:
    """The text with a capital at the start of each sentence and no doubled full stop."""
    tidy = _ENDINGS.sub(r"\1", " ".join(text.split()))
    return _SENTENCE_START.sub(lambda hit: hit[1] + hit[2] + hit[3].upper(), tidy)


def sentences(text: str) -> list[str]:
    """The sentences of a text, to compare them."""
    return [part.strip() for part in SENTENCES.findall(text) if part.strip()]
