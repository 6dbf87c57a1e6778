"""What a talk with the tutor comes to by what its turns hold: its transcript and its facts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from conversations import next_situations
from conversations.models import MOST_MINUTES, TutorMessage, TutorSession
from conversations.situations import base_of, situation_of

MOST_TRANSCRIPT = 200_000
MOST_GROUPS = 20
MOST_EXAMPLES = 5
MOST_WORDS = 20
_LABELS = {TutorMessage.Side.LEARNER: "Learner", TutorMessage.Side.TUTOR: "Tutor"}
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
# What stands before a word of a situation's list, and not always before the word in a sentence.
_LEADING = re.compile(r"^(the|an?|to|el|la|los|las|una?)\s+", re.IGNORECASE)


def transcript(messages: Iterable[TutorMessage]) -> str:
    """Both sides, a line a turn, as `transcripts.py` reads it."""
    lines = (
        f"{_LABELS[TutorMessage.Side(each.side)]}: {' '.join(each.text.split())}"
        for each in messages
        if each.text.strip()
    )
    return "\n".join(lines)[:MOST_TRANSCRIPT]


def minutes(session: TutorSession, messages: Sequence[TutorMessage]) -> float:
    """From the start to the last word, in minutes: a page left open counts for nothing."""
    last = max((each.answered_at or each.created_at for each in messages), default=None)
    if last is None:
        return 0.0
    took = (last - session.started_at).total_seconds() / 60
    return round(min(max(took, 0.0), MOST_MINUTES), 2)


def facts_of(session: TutorSession, messages: Sequence[TutorMessage]) -> dict[str, Any]:
    """What can be said of a talk as soon as it is over.

    `corrections` by their rule, those that came most first, with the learner's own sentences;
    `new_words` as the partner explained them, and those of the situation that came; `next`, what
    to talk about then.
    """
    own = [each for each in messages if _is_learners(each) and each.text.strip()]
    return {
        "turns": len(own),
        "words": sum(len(each.text.split()) for each in own),
        "seconds_spoken": round(sum(each.seconds for each in own), 1),
        "corrections": _corrections(messages),
        "new_words": _new_words(session, messages),
        "next": next_situations.after(session),
    }


def checks(session: TutorSession) -> list[dict[str, Any]]:
    """What there is to get done in the situation, and whether it was."""
    situation = situation_of(session)
    return [
        {"id": each.id, "text": each.text, "met": each.id in session.checks_met}
        for each in (situation.checks if situation else ())
    ]


def _corrections(messages: Sequence[TutorMessage]) -> list[dict[str, Any]]:
    texts = {each.position: each.text for each in messages}
    groups: dict[str, list[dict[str, Any]]] = {}
    for message in messages:
        before = message.position - 1
        for each in message.corrections:
            pattern = each.get("rule") or each.get("why") or each["better"].casefold()
            groups.setdefault(pattern, []).append(
                {
                    "said": each["said"],
                    "better": each["better"],
                    "why": each.get("why", ""),
                    "sentence": _sentence_with(each["said"], texts.get(before, "")),
                    "position": before,
                }
            )
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return [
        {
            "rule": rule,
            "why": found[0]["why"],
            "times": len(found),
            "examples": found[:MOST_EXAMPLES],
        }
        for rule, found in ordered[:MOST_GROUPS]
    ]


def _sentence_with(said: str, text: str) -> str:
    """The sentence of `text` in which `said` stands; all of it where none does alone."""
    sentences = [" ".join(each.split()) for each in _SENTENCE.findall(text)]
    wanted = " ".join(said.split()).casefold()
    return next((each for each in sentences if wanted in each.casefold()), " ".join(text.split()))


def _new_words(session: TutorSession, messages: Sequence[TutorMessage]) -> list[dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for message in messages:
        for each in message.new_words:
            if each["word"].strip():
                found.setdefault(each["word"], {**each, "sentence": message.text})
    for each in _words_of_the_situation(session):
        said_in = _first_with(each["word"], messages)
        if said_in is not None:
            found.setdefault(each["word"], {**each, "sentence": said_in})
    return list(found.values())[:MOST_WORDS]


def _words_of_the_situation(session: TutorSession) -> list[Mapping[str, str]]:
    situation = situation_of(session)
    words = situation.words.get(base_of(session.target_language_code), ()) if situation else ()
    return [{"word": each.word, "meaning": each.meaning} for each in words]


def _first_with(word: str, messages: Sequence[TutorMessage]) -> str | None:
    """The first sentence in which either side said the word, whatever its article."""
    bare = _LEADING.sub("", word.strip("¿?¡! "))
    pattern = re.compile(rf"(?<!\w){re.escape(bare)}(?!\w)", re.IGNORECASE)
    for message in messages:
        if pattern.search(message.text):
            return _sentence_with(bare, message.text)
    return None


def _is_learners(message: TutorMessage) -> bool:
    return message.side == TutorMessage.Side.LEARNER
