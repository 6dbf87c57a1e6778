"""What a scripted partner does with a turn it has read: reply, object, repair."""

from dataclasses import replace

from .phrases import LIGHT, PLAYER, URGENT
from .scripts import Answer
from .understanding import Mention, Understood
from .ways import Ways

MISSES = 3
"""Turns not understood at one node, after which the partner helps the talk on."""


class Moves(Ways):
    """One turn of a talk, from what was understood to the lines to say."""

    def take_turn(self, heard: Understood) -> None:
        """Do what fits best with a turn; always says something."""
        talk = self.talk
        if not heard.words:
            talk.silences += 1
            self.understood = False
            self.say(self.wording.shared_line("silence"))
            if talk.silences % 2 == 0:
                self.say(self.small_talk.hint("hint"))
            self.ask_again()
            return
        talk.silences = 0
        heard = self._settle_guess(heard)
        self._notice(heard)
        if self._urgent(heard) or self._insisted(heard):
            return
        self.taken = self._scripted(heard) or self._changed(heard)
        if self.taken or self._courtesy(heard):
            talk.misses = 0
            return
        self._repair(heard)

    def _settle_guess(self, heard: Understood) -> Understood:
        """A "yes" to "did you mean …?" says what was meant."""
        guess, self.talk.guess = self.talk.guess, []
        if guess and "yes" in heard.intents and not heard.mentions:
            return replace(
                heard,
                mentions=(Mention(guess[0], guess[1], 0, 1),),
                intents=heard.intents - {"yes"},
            )
        return heard

    def _notice(self, heard: Understood) -> None:
        for notice in self.script.notices:
            if self._fits(notice, heard):
                self._meet(notice)

    def _urgent(self, heard: Understood) -> bool:
        named = self._named_here()
        intent = next((one for one in URGENT if one in heard.intents and one not in named), None)
        goes = "bye" in heard.intents - named and len(heard.words) <= 6
        if intent is None and goes and not heard.mentions:
            intent = "stop"
        if intent is None:
            return False
        if intent in ("meaning", "what_is"):
            explained = self.small_talk.explain(heard.caught.get(intent, ""))
            if explained is None and intent == "what_is":
                return False
            self.say(explained or self.wording.shared_line("meaning_unknown"))
        else:
            self.say(self.wording.shared_line(intent))
        if intent == "stop":
            self.talk.finished = True
        elif intent != "distress":
            self.ask_again()
        return True

    def _named_here(self) -> set[str]:
        answers = (*self.node.replies, *self.script.asides)
        return {name for one in answers for name in one.when}

    def _insisted(self, heard: Understood) -> bool:
        """After an objection: anything but another wish or a question stands by the first."""
        pressed, self.talk.pressed = self.talk.pressed, None
        if pressed is None or pressed >= len(self.node.replies):
            return False
        reply = self.node.replies[pressed]
        names = {name.partition("=")[0] for name in reply.when}
        taken_back = (
            ("no" in heard.intents and len(heard.words) <= 3)
            or "change" in heard.intents
            or heard.refused & names
        ) and "yes" not in heard.intents
        wishes = [one for one in heard.mentions if one.slot in names]
        known = self.talk.slots
        if any(w.value not in known.get(w.slot, []) or w.slot in heard.refused for w in wishes):
            return False
        if heard.mentions:
            self._fill(heard, replacing=False)
        elif heard.intents & {"repeat", "slower"}:
            self.talk.pressed = pressed
            self.say(self.wording.shared_line("repeat"))
            self.object(pressed)
            return True
        elif taken_back and not names & {"no", "enough"} and reply.when:
            for name in names & set(self.script.slots):
                self.talk.slots.pop(name, None)
            self.say(self.wording.shared_line("what_instead"))
            return True
        elif "yes" in heard.intents and names & {"no", "enough"}:
            return False
        elif self._aside(heard) or heard.intents & set(PLAYER):
            self.talk.pressed = pressed
            return False
        self._accept(reply, heard)
        self.taken = True
        return True

    def _aside(self, heard: Understood) -> Answer | None:
        return next((one for one in self.script.asides if self._fits(one, heard)), None)

    def _scripted(self, heard: Understood) -> bool:
        reply = self._reply_for(heard)
        aside = self._aside(heard)
        if aside and reply and {*aside.when} & {*reply.when} - set(self.script.slots):
            aside = None
        if aside and reply and self._asks(heard):
            reply = None
        if reply and "anything" in reply.when and aside is None:
            reply = self._if_enough(reply, heard)
            if reply is None:
                return True
        if aside:
            self._meet(aside)
            about = heard.slots()
            answered = self.wording.line(
                f"aside.{self.script.asides.index(aside)}", aside.says, about
            )
            if reply is None:
                self.say(answered)
                self.talk.slots.update(self._set_by(aside))
                self._offer(aside)
                self.ask_again()
                return True
            self.say(answered)
        if reply is None or self._takes_back(reply, heard):
            return False
        self._fill(heard, replacing=True)
        self._press_or_accept(reply, heard)
        return True

    def _asks(self, heard: Understood) -> bool:
        """Whether a turn is a question and no wish: then what it names is not ordered."""
        shared = self.wording.shared
        words = (word.plain for word in heard.words if word.plain not in shared.leads)
        return "want" not in heard.intents and next(words, "") in shared.questions

    def _reply_for(self, heard: Understood) -> Answer | None:
        fitting = [one for one in self.node.replies if self._fits(one, heard)]
        if not fitting:
            return None
        first = fitting[0]
        player = heard.intents & set(PLAYER)
        takes_slot = any(name.partition("=")[0] in self.script.slots for name in first.when)
        if player and not takes_slot and not player & set(first.when):
            return None
        return first

    def _takes_back(self, reply: Answer, heard: Understood) -> bool:
        """Whether a "no" or "wait" is about something ordered before: "no, the fish instead"."""
        if not set(reply.when) <= set(LIGHT) or not heard.intents & {"no", "change"}:
            return False
        return any(
            self.talk.slots.get(one.slot) and one.value not in self.talk.slots[one.slot]
            for one in heard.mentions
        )

    def _if_enough(self, reply: Answer, heard: Understood) -> Answer | None:
        """The reply, or after a question for a little more None."""
        if len(heard.words) >= reply.words or self.talk.asked_more:
            return reply
        self.talk.asked_more = True
        self.say(self.wording.shared_line("more"))
        return None

    def _press_or_accept(self, reply: Answer, heard: Understood) -> None:
        level = self.wording.persona.pushback
        fewest = len(self.talk.objected) < (0, 1, len(self.script.nodes))[level]
        if reply.pushback and fewest and self.node.name not in self.talk.objected:
            number = self.node.replies.index(reply)
            self.talk.objected.append(self.node.name)
            self.talk.pressed = number
            self.object(number)
            return
        self._accept(reply, heard)

    def _changed(self, heard: Understood) -> bool:
        """Slots this node does not ask for: changed, added, noted or kept for later."""
        if not heard.mentions:
            return False
        for name, values in heard.slots().items():
            old = list(self.talk.slots.get(name, []))
            new = self.wording.joined([self.wording.echo(name, value) for value in values])
            if not old:
                how = "kept"
            elif all(value in old for value in values):
                how = "noted"
            elif self.script.slots[name].many and not self._anew(name, heard):
                how = "added"
            else:
                how = "changed"
            self.say(self.wording.shared_line(how, new=new, ok=self.wording.ok()))
        self._fill(heard, replacing=False)
        answered = self._known_reply(self.node)
        if answered and answered.next:
            self._meet(answered)
            self.enter(answered.next)
        else:
            self.ask_again()
        return True

    def _courtesy(self, heard: Understood) -> bool:
        intent = next((one for one in PLAYER if one in heard.intents), None)
        if intent:
            self.say(self.small_talk.answer(intent))
            self.ask_again()
            return True
        if "change" in heard.intents and len(heard.words) <= 6 and self.talk.slots:
            self.talk.changing = True
            self.say(self.wording.shared_line("what_instead"))
            return True
        name = heard.caught.get("my_name", "")
        if name and len(heard.words) <= 6:
            heard_name = next((w.heard for w in heard.words if w.plain == name.split()[0]), name)
            self.say(self.wording.shared_line("my_name", name=heard_name.capitalize()))
            self.ask_again()
            return True
        for light in ("greeting", "thanks", "sorry"):
            if light in heard.intents and len(heard.words) <= 5 and not self._content(heard):
                self.say(self.wording.shared_line(light))
                self.ask_again()
                return True
        return False

    def _content(self, heard: Understood) -> bool:
        """Whether a turn holds words that mean something of their own."""
        common = self.wording.shared.common
        return any(len(word.plain) > 3 and word.plain not in common for word in heard.words)

    def _repair(self, heard: Understood) -> None:
        self.understood = False
        talk = self.talk
        talk.misses += 1
        if talk.misses >= MISSES:
            self._rescue()
            return
        if heard.guess:
            talk.guess = [heard.guess.slot, heard.guess.value]
            name = self.wording.echo(heard.guess.slot, heard.guess.value)
            self.say(self.wording.shared_line("did_you_mean", guess=name))
            return
        if heard.foreign:
            self.say(self.wording.shared_line("foreign"))
            self.say(self.small_talk.hint("hint"))
        elif "yes" in heard.intents and len(heard.words) <= 3 and self.node.asks:
            self.say(self.wording.shared_line("which"))
        elif heard.intents & set(LIGHT) and len(heard.words) <= 3:
            self.say(self.wording.shared_line("all_right"))
        else:
            self.say(self.wording.shared_line("not_understood"))
        if talk.misses == MISSES - 1 and not heard.foreign:
            self.say(self.small_talk.hint("hint"))
        self.ask_again()

    def _rescue(self) -> None:
        node, rescue = self.node, self.node.rescue
        if rescue:
            self.talk.slots.update(self._set_by(rescue))
            self._meet(rescue)
            self.say(self.wording.line(f"{node.name}.rescue", rescue.says))
        else:
            self.say(self.wording.shared_line("go_on"))
        way = node.way_out()
        if way:
            self.enter(way)
