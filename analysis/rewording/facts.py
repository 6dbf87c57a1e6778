"""What a language model is told of a recording: the chosen sentences, and nothing of the words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analysis.report import Feedback, Message, Report
from analysis.rewording.numbers import Number, placed_numbers

# What may be reworded. The goal and the comparison are numbers and little else: they stay.
FIELDS = ("strength", "focus", "why", "drill")
# Focus and reason are read as one; a number of either may stand in both.
_TOGETHER = {"focus": ("focus", "why"), "why": ("focus", "why")}
LONGEST = {"strength": 200, "focus": 200, "why": 320, "drill": 400}
SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a rewording may say, and that is sent to have it reworded.

    `sentences` by field, in English. `kind` of speech, `level` "far" or "near" to the usual range.
    """

    kind: str
    level: str
    about: str
    sentences: Mapping[str, str]

    def source(self, field: str) -> str:
        """The sentences whose numbers may stand in `field`."""
        names = _TOGETHER.get(field, (field,))
        return " ".join(self.sentences[name] for name in names if name in self.sentences)

    def everything(self) -> str:
        """All the sentences."""
        return " ".join(self.sentences.values())

    def numbers(self, field: str) -> set[Number]:
        """The numbers that may stand in `field`."""
        return {number for number, _, _ in placed_numbers(self.source(field))}

    def to_json(self) -> dict[str, Any]:
        """As the prompt describes it."""
        return {
            "kind": self.kind,
            "level": self.level,
            "about": self.about,
            "sentences": dict(self.sentences),
            "numbers": {name: self._written(name) for name in self.sentences},
        }

    def schema(self) -> dict[str, Any]:
        """The JSON schema of an answer: the same fields, each a sentence of bounded length."""
        return {
            "type": "object",
            "properties": {
                name: {"type": "string", "minLength": SHORTEST, "maxLength": LONGEST[name]}
                for name in self.sentences
            },
            "required": list(self.sentences),
            "additionalProperties": False,
        }

    def _written(self, field: str) -> list[str]:
        source = self.source(field)
        return list(dict.fromkeys(source[start:end] for _, start, end in placed_numbers(source)))


def facts_of(report: Report, feedback: Feedback) -> Facts | None:
    """The facts of a report's feedback; None where it advises nothing."""
    found: dict[str, Message | None] = {name: getattr(feedback, name) for name in FIELDS}
    if feedback.focus is None or feedback.measure is None:
        return None
    measure = report.measure(feedback.measure)
    band = measure.band if measure else None
    return Facts(
        kind=report.kind,
        level="far" if band is not None and band.label == "far" else "near",
        about=feedback.measure,
        sentences={name: message.text for name, message in found.items() if message is not None},
    )
