"""The filler-free challenge: which fillers were heard, and how long it went without one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from practice.results.report import recorded_words

# Below this much talk a count says nothing about a habit. Our estimate (docs/pages.md).
ENOUGH_SECONDS = 20.0
COUNTED = ("filled_pause", "lexical_filler")


@dataclass(frozen=True, slots=True)
class Heard:
    """One filler, and where it stands (s)."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class FillerFree:
    """The fillers of a recording and the longest stretch of talk without one, all in seconds.

    `talk` is the time from the first word to the last.
    """

    fillers: tuple[Heard, ...]
    talk: float
    longest_from: float
    longest_until: float

    @property
    def longest(self) -> float:
        """How long the longest stretch is (s)."""
        return self.longest_until - self.longest_from

    @property
    def a_minute(self) -> float:
        """Fillers a minute of talk."""
        return 60 * len(self.fillers) / self.talk


def filler_free(document: Mapping[str, Any]) -> FillerFree | None:
    """What a report's document says of the challenge; None where it is too early to say.

    Only what the engine is sure of counts: ums and uhs, and phrases that stand apart.
    """
    recorded = recorded_words(document)
    if recorded is None or not recorded.words:
        return None
    fillers = sorted(
        (
            Heard(event["text"], event["start"], event["end"])
            for event in document["events"]
            if event["type"] in COUNTED and event["tier"] == "sure" and event["start"] is not None
        ),
        key=lambda heard: heard.start,
    )
    begin = min([recorded.words[0][0], *(heard.start for heard in fillers)])
    end = max([recorded.words[-1][1], *(heard.end for heard in fillers)])
    if end - begin < ENOUGH_SECONDS:
        return None
    edges = [begin, *(edge for heard in fillers for edge in (heard.start, heard.end)), end]
    stretches = list(zip(edges[::2], edges[1::2], strict=True))
    longest = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return FillerFree(tuple(fillers), end - begin, *longest)
