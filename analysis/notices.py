"""What limits a report as a whole, said before its numbers."""

from collections.abc import Iterator, Mapping
from typing import Any

from analysis.cautions import cautions
from analysis.findings import Found
from analysis.languages import language
from analysis.measures import FEWEST_WORDS, SHORTEST_TALK
from analysis.messages import clock, say
from analysis.reliability import Evidence
from analysis.report import Message


def notices(found: Found, seen: Evidence, facts: Mapping[str, Any]) -> Iterator[Message]:
    """Cut-off file, dead channel, state of the recording, another language, words, too little."""
    transcript = found.transcript
    if facts.get("truncated"):
        yield say("truncated", length=clock(found.duration))
    if facts.get("mix") in {"left", "right"}:
        yield say("dead_channel")
    yield from cautions(seen.condition)
    if seen.wrong_language and transcript.heard_language:
        yield say(
            "wrong_language",
            heard=language(transcript.heard_language).name,
            declared=found.rules.name,
        )
    elif seen.missed_seconds:
        yield say("missed_words", length=clock(seen.missed_seconds))
    elif seen.unsure:
        yield say("unsure_words")
    short = found.talk is None or found.talk.length < SHORTEST_TALK
    if short or len(found.spoken) < FEWEST_WORDS:
        yield say("too_little")
