"""What differs from language to language, read from one TOML file each.

Fillers are per language because one language's hesitation is another's word: "um" is "at the" in
German and "a" in Portuguese.
"""

import functools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

_FOLDER = Path(__file__).parent
EXCEPTIONS = _FOLDER / "en_syllables.txt"
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*$")
_CLAUSE_END = re.compile(r"[.,;:!?…—–-][\"'”’)]*$")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

Condition = Literal[
    "set_off", "set_off_both", "sentence_start", "sentence_end", "before_number", "quotative"
]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A lexical filler or hedge and when it is one.

    It is not one straight after or before the words of `never_after` and `never_before`, nor
    without every condition of `needs`. Any condition of `sure_if` makes it sure.
    """

    words: tuple[str, ...]
    kind: Literal["lexical_filler", "hedge"]
    needs: frozenset[Condition]
    sure_if: frozenset[Condition]
    never_after: frozenset[str]
    never_before: frozenset[str]


@dataclass(frozen=True, slots=True)
class Syllables:
    """Counting syllables by spelling: nuclei, plus `split` matches, minus `silent` matches.

    `words` are listed by hand; `dictionary` holds those that a pronouncing dictionary counts
    otherwise than the spelling (make_syllables.py).
    """

    nucleus: re.Pattern[str]
    silent: re.Pattern[str] | None
    split: re.Pattern[str] | None
    per_digit: float
    words: dict[str, int]
    dictionary: dict[str, int]

    def count(self, word: str) -> int:
        """Syllables of one written word, at least one."""
        word = word.lower()
        digits = sum(letter.isdigit() for letter in word)
        if digits:
            return max(1, round(digits * self.per_digit))
        return sum(self._in_part(part) for part in re.split(r"['’-]", word) if part) or 1

    def _in_part(self, part: str) -> int:
        if part in self.words:
            return self.words[part]
        return self.dictionary.get(part) or self.by_rule(part)

    def by_rule(self, part: str) -> int:
        """Syllables by the spelling alone; 0 without a vowel."""
        count = len(self.nucleus.findall(part))
        count += len(self.split.findall(part)) if self.split else 0
        count -= len(self.silent.findall(part)) if self.silent else 0
        return max(count, 1) if self.nucleus.search(part) else 0


@dataclass(frozen=True, slots=True)
class Language:
    """One language's lists and rules.

    `measured` names what filler detection was checked on. `hesitation` is how a filled pause that
    was only heard is written: one with a nasal end, and one without. `unfinished` are words that no
    phrase ends with, `joining` those that join the parts of an enumeration.
    """

    code: str
    name: str
    prompt: str | None
    measured: str | None
    filled_pauses: frozenset[str]
    hesitation: tuple[str, str]
    elongations: re.Pattern[str] | None
    phrases: tuple[Phrase, ...]
    repeatable: frozenset[str]
    numbers: frozenset[str]
    subjects: frozenset[str]
    function_words: frozenset[str]
    weak_words: tuple[tuple[str, ...], ...]
    repairs: tuple[tuple[str, ...], ...]
    unfinished: frozenset[str]
    joining: frozenset[str]
    number_values: dict[str, int]
    syllables: Syllables

    def is_filled_pause(self, word: str) -> bool:
        """Whether a written word is a hesitation, however long it is drawn out."""
        bare = bare_word(word)
        if bare in self.filled_pauses:
            return True
        return bool(self.elongations and self.elongations.fullmatch(bare))

    @property
    def has_hedges(self) -> bool:
        """Whether its hedges are listed."""
        return any(phrase.kind == "hedge" for phrase in self.phrases)

    def is_content(self, bare: str) -> bool:
        """Whether a word in lower case carries content; none does where that is not listed."""
        known = bool(bare) and bool(self.function_words)
        return known and bare not in self.function_words and not self.is_number(bare)

    def is_number(self, word: str) -> bool:
        """Whether a written word is a number in digits or letters."""
        bare = bare_word(word)
        return bare[:1].isdigit() or bare in self.numbers


def bare_word(word: str) -> str:
    """A written word in lower case without the punctuation around it."""
    found = _WORD.findall(word.lower().replace("’", "'"))
    return " ".join(found)


def ends_sentence(word: str) -> bool:
    """Whether a written word closes a sentence; trailing dots ("the...") do not."""
    return bool(_SENTENCE_END.search(word)) and not word.rstrip("\"'”’)").endswith("..")


def ends_clause(word: str) -> bool:
    """Whether punctuation of any kind follows a written word."""
    return bool(_CLAUSE_END.search(word))


@functools.lru_cache
def language(code: str) -> Language:
    """The language of a code such as "en" or "en-GB"; one with no lists when it has no file."""
    path = _FOLDER / f"{code.lower().partition('-')[0]}.toml"
    known = path.name in {file.name for file in _FOLDER.glob("*.toml")}
    data: dict[str, Any] = {"code": code}
    if known:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Language(
        code=data["code"],
        name=data.get("name", code),
        prompt=data.get("prompt"),
        measured=data.get("measured"),
        filled_pauses=frozenset(data.get("filled_pauses", ())),
        hesitation=tuple(data.get("hesitation", ("um", "uh"))),
        elongations=_pattern(data.get("elongations")),
        phrases=tuple(_phrase(phrase) for phrase in data.get("phrases", ())),
        repeatable=frozenset(data.get("repeatable", ())),
        numbers=frozenset(data.get("numbers", ())),
        subjects=frozenset(data.get("subjects", ())),
        function_words=frozenset(" ".join(data.get("function_words", ())).split()),
        weak_words=_longest_first(data.get("weak_words", ())),
        repairs=_longest_first(data.get("repairs", ())),
        unfinished=frozenset(data.get("unfinished", "").split()),
        joining=frozenset(data.get("joining", "").split()),
        number_values=data.get("number_values", {}),
        syllables=_syllables(data.get("syllables", {})),
    )


def supported() -> tuple[str, ...]:
    """Codes of the languages that have lists of their own."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def _longest_first(phrases: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True))


def _phrase(data: dict[str, Any]) -> Phrase:
    return Phrase(
        words=tuple(data["phrase"].split()),
        kind=data.get("kind", "lexical_filler"),
        needs=frozenset(data.get("needs", ())),
        sure_if=frozenset(data.get("sure_if", ())),
        never_after=frozenset(data.get("never_after", ())),
        never_before=frozenset(data.get("never_before", ())),
    )


def _syllables(data: dict[str, Any]) -> Syllables:
    nucleus = re.compile(data.get("nucleus", "[aeiouyàáâãäåèéêëìíîïòóôõöùúûüýæœø]+"))
    return Syllables(
        nucleus=nucleus,
        silent=_pattern(data.get("silent")),
        split=_pattern(data.get("split")),
        per_digit=data.get("per_digit", 1.6),
        words=data.get("words", {}),
        dictionary=_counted(_FOLDER / data["dictionary"]) if "dictionary" in data else {},
    )


def _counted(path: Path) -> dict[str, int]:
    """Lines of a number of syllables and the words that have it."""
    counts: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            count, *words = line.split()
            counts |= dict.fromkeys(words, int(count))
    return counts


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text) if text else None
