"""What the player answers in every situation: help, meanings, small talk."""

from .patterns import words_of
from .scripts import Script
from .talk_state import Talk
from .wording import Wording

_ARTICLES = frozenset(
    ("a", "an", "the", "to", "el", "la", "los", "las", "un", "una", "word", "palabra")
)


class SmallTalk:
    """The answers a script need not write."""

    def __init__(self, script: Script, wording: Wording, talk: Talk) -> None:
        self.script, self.wording, self.talk = script, wording, talk

    def hint(self, how: str) -> str:
        """A line with something the learner could say; the next one each time."""
        hints = self.script.nodes[self.talk.node].hints
        if not hints:
            return ""
        key = f"hint.{self.talk.node}"
        number = (self.talk.lines.get(key, -1) + 1) % len(hints)
        self.talk.lines[key] = number
        return self.wording.shared_line(how, hint=hints[number])

    def answer(self, intent: str) -> str:
        """The answer to an intent of PLAYER."""
        if intent == "help":
            return self.hint("help")
        if intent == "dont_know":
            return f"{self.wording.shared_line('dont_know')} {self.hint('hint')}".strip()
        return self.wording.shared_line(intent)

    def explain(self, asked: str) -> str | None:
        """What a word of the situation means; None for a word it has no meaning of."""
        language = self.script.language
        known = {word.word: word.meaning for word in self.wording.scenario.words.get(language, ())}
        known.update(self.script.meanings)
        wanted = {word.plain for word in words_of(asked)} - _ARTICLES
        for word, meaning in known.items():
            parts = {part.plain for part in words_of(word)} - _ARTICLES
            if parts and wanted and (parts <= wanted or wanted <= parts):
                plain_meaning = meaning.rstrip(".")
                return self.wording.shared_line("meaning", word=word, meaning=plain_meaning)
        return None
