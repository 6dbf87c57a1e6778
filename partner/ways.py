"""Where a talk may go: which answers fit, what they fill, and on to the next question."""

from collections.abc import Mapping, Sequence

from .phrases import PLAYER
from .scripts import Answer, Node, Script
from .small_talk import SmallTalk
from .talk_state import Talk
from .understanding import Mention, Understood
from .wording import Wording

HOPS = 20
"""More nodes than a talk can pass in one turn; a bound for the loop only."""


class Ways:
    """The lines one turn has said so far, and the steps that change a talk's state."""

    def __init__(self, script: Script, wording: Wording, talk: Talk) -> None:
        self.script, self.wording, self.talk = script, wording, talk
        self.lines: list[str] = []
        self.understood = True
        # Whether what was said has moved the talk on: only then is an error taken up in passing.
        self.taken = False
        self.small_talk = SmallTalk(script, wording, talk)

    @property
    def node(self) -> Node:
        """Where the talk is."""
        return self.script.nodes[self.talk.node]

    def say(self, line: str) -> None:
        """Add a line to this turn."""
        if line:
            self.lines.append(line)

    def hints(self) -> tuple[str, ...]:
        """What the learner could say next."""
        return self.node.hints

    def ask_again(self) -> None:
        """The question or objection once more, unless what was said already asks something."""
        if self.lines and self.lines[-1].rstrip().endswith("?"):
            return
        if self.talk.pressed is not None:
            self.object(self.talk.pressed)
        else:
            self.say(self.wording.line(f"{self.node.name}.again", self.node.again))

    def object(self, number: int) -> None:
        """Say what speaks against a reply of this node."""
        objections = self.node.replies[number].pushback
        self.say(self.wording.line(f"{self.node.name}.{number}.pushback", objections))

    def _meet(self, fitting: Answer) -> None:
        self.talk.met += [check for check in fitting.checks if check not in self.talk.met]

    def _fits(self, one: Answer, heard: Understood) -> bool:
        said = heard.slots()
        return all(self._holds(name, said, heard) for name in one.when) and all(
            self._holds(name, self.talk.slots, None) for name in one.known
        )

    def _holds(
        self, condition: str, slots: Mapping[str, Sequence[str]], heard: Understood | None
    ) -> bool:
        wanted = not condition.startswith("not ")
        name, _, value = condition.removeprefix("not ").partition("=")
        if name in self.script.slots:
            values = slots.get(name, ())
            return (value in values if value else bool(values)) == wanted
        if heard is None:
            return not wanted
        if name == "anything":
            return not heard.intents & set(PLAYER) and heard.foreign is None
        return (name in heard.intents) == wanted

    def _accept(self, reply: Answer, heard: Understood) -> None:
        node = self.node
        self.talk.slots.update(self._set_by(reply))
        self._meet(reply)
        self.say(self.wording.line(f"{node.name}.{node.replies.index(reply)}", reply.says))
        self.talk.changing = False
        if reply.next:
            self.enter(reply.next, fresh=set(heard.slots()))
        else:
            self._offer(reply)
            self.ask_again()

    def _offer(self, one: Answer) -> None:
        """Keep in mind what a "yes" would take now."""
        self.talk.guess = [part for offer in one.offers.items() for part in offer][:2]

    def _set_by(self, one: Answer) -> dict[str, list[str]]:
        return {name: [value] for name, value in one.sets.items()}

    def _fill(self, heard: Understood, *, replacing: bool) -> None:
        for name, values in heard.slots().items():
            many = self.script.slots[name].many
            old = self.talk.slots.get(name, [])
            alone = len(heard.slots()) == 1 and heard.words[0].plain != self.wording.shared.joiner
            own = replacing and alone and name in self.node.asks and not self.node.always
            if many and not (own or self._anew(name, heard)):
                self.talk.slots[name] = [*old, *(value for value in values if value not in old)]
            else:
                self.talk.slots[name] = values if many else values[-1:]

    def _anew(self, name: str, heard: Understood) -> bool:
        """Whether what is named takes the place of all named before: "no, only water"."""
        says_no = heard.words[:1] and heard.words[0].plain in self.wording.shared.negations
        changes = self.talk.changing or "change" in heard.intents
        return bool(changes or says_no or name in heard.refused)

    def enter(self, name: str, *, fresh: set[str] | None = None, opening: bool = False) -> None:
        """Go to a node, and on from it while there is nothing to ask."""
        for _ in range(HOPS):
            self.talk.node, self.talk.misses, self.talk.asked_more = name, 0, False
            self.talk.pressed = None
            node = self.node
            passing = None if opening else self._known_reply(node)
            if passing and passing.next:
                if fresh and {one.partition("=")[0] for one in passing.when} & fresh:
                    number = node.replies.index(passing)
                    self.say(self.wording.line(f"{node.name}.{number}", passing.says))
                self._meet(passing)
                name = passing.next
                continue
            self.say(self.wording.line(f"{node.name}.says", node.says))
            if node.end:
                self.talk.finished = True
            if node.end or node.replies or not node.next:
                return
            name = node.next

    def _known_reply(self, node: Node) -> Answer | None:
        """The reply to pass a node by when all it asks for is known."""
        if node.always or not node.asks or not all(self.talk.slots.get(s) for s in node.asks):
            return None
        known = Understood(words=(), mentions=self._mentions_known(node))
        return next((one for one in node.replies if one.next and self._fits(one, known)), None)

    def _mentions_known(self, node: Node) -> tuple[Mention, ...]:
        return tuple(
            Mention(slot, value, 0, 0) for slot in node.asks for value in self.talk.slots[slot]
        )
