"""Sentences to begin with, graded by level, from data/sentences.toml."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "sentences.toml"


@dataclass(frozen=True, slots=True)
class Sentence:
    """`level`: A1 to C1. `practises`: the sounds or the rhythm it was written for, in English."""

    language: str
    level: str
    text: str
    practises: str


@functools.lru_cache(maxsize=1)
def sentences() -> tuple[Sentence, ...]:
    """All of them, the easiest first."""
    listed = tomllib.loads(_FILE.read_text(encoding="utf-8"))["sentence"]
    return tuple(sorted((Sentence(**one) for one in listed), key=lambda one: one.level))


def sentences_in(language: str) -> tuple[Sentence, ...]:
    """Those in a language (BCP 47)."""
    base = language.partition("-")[0].lower()
    return tuple(sentence for sentence in sentences() if sentence.language == base)
