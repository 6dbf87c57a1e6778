"""Feedback of any shape, as a page shows it: what is known by its name, the rest as it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conversations.models import VoiceConversation
from conversations.scores import scores_in

_SCORES = {
    "grammar_score": gettext_lazy("Grammar"),
    "pronunciation_score": gettext_lazy("Pronunciation"),
}
_SENTENCES = {
    "conversation_flow": gettext_lazy("How it went"),
    "vocabulary_usage": gettext_lazy("Words"),
    "confidence_level": gettext_lazy("Confidence"),
}
_LISTS = ("areas_for_improvement", "suggested_next_topics")
# What the page of the talk itself shows in full.
_OF_THE_TALK = {"checks", "corrections", "fluency", "level_estimate", "new_words"}
LONGEST = 500


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """Scores out of 100, sentences and lists, each with its name; `others` are of any name."""

    scores: list[tuple[str, float]]
    sentences: list[tuple[str, str]]
    areas: list[str]
    topics: list[str]
    others: list[tuple[str, str]]
    by: str

    def __bool__(self) -> bool:
        return any((self.scores, self.sentences, self.areas, self.topics, self.others))


def feedback_of(conversation: VoiceConversation) -> FeedbackPage:
    """The feedback of a conversation."""
    feedback = conversation.ai_feedback
    scores = scores_in(feedback)
    known = {name for name, score in scores.items() if score is not None}
    sentences = []
    for name, label in _SENTENCES.items():
        sentence = _sentence(feedback.get(name))
        if sentence:
            sentences.append((str(label), sentence))
            known.add(name)
    areas, topics = (_texts(feedback.get(name)) for name in _LISTS)
    known |= {name for name, found in zip(_LISTS, (areas, topics), strict=True) if found}
    known |= _OF_THE_TALK & set(conversation.measured_feedback) - set(conversation.written_feedback)
    others = [
        (name.replace("_", " ")[:100], text)
        for name, value in feedback.items()
        if name not in known | {"by"} and (text := _plain(value))
    ]
    return FeedbackPage(
        scores=[(str(_SCORES[name]), score) for name, score in scores.items() if score is not None],
        sentences=sentences,
        areas=areas,
        topics=topics,
        others=others,
        by=_by(conversation),
    )


def _by(conversation: VoiceConversation) -> str:
    """Who says so; empty where somebody wrote all of it."""
    if not conversation.found_feedback:
        return ""
    by = conversation.found_feedback.get("by")
    if isinstance(by, Mapping) and by.get("model"):
        return _("Judged by the language model %(model)s, from the transcript alone.") % {
            "model": by["model"]
        }
    return _("Counted in the transcript. Grammar and pronunciation are not judged here.")


def _sentence(value: Any) -> str:
    if isinstance(value, Mapping) and value.get("by") == "counted":
        return _counted(value)
    return _plain(value)


def _counted(usage: Mapping[str, Any]) -> str:
    words = _("%(words)d words of yours.") % {"words": usage["words"] or 0}
    leaned_on = ", ".join(f"“{each['word']}” ({each['times']})" for each in usage["leaned_on"][:5])
    return f"{words} {_('Most often:')} {leaned_on}." if leaned_on else words


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in map(_plain, values) if text]


def _plain(value: Any) -> str:
    """A value in one line; objects by their names."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        value = "; ".join(f"{name}: {_plain(each)}" for name, each in value.items())
    elif isinstance(value, list):
        value = ", ".join(map(_plain, value))
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
