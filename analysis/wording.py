"""What is said again and again, what stands at the start of sentences, and how sentences are built.

Which words carry content and which are weak differs from language to language, so both are lists
in languages/*.toml.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from analysis.languages import Language, bare_word, ends_sentence
from analysis.report import Said, Wording
from analysis.timeline import Repetition, Span
from engines.transcribers import Word

FEWEST_SENTENCES = 3
LEANED_ON_FROM = 3
STARTER_FROM = 2
SHOWN = 8
# A sentence this many times as long as the usual one is worth hearing.
LONG_SENTENCE = 2.0

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a text by the numbers of their first and last word.

    `spoken` holds the numbers of the words in each without filled pauses. Empty where the text has
    no punctuation that ends a sentence.
    """

    places: tuple[Place, ...] = ()
    spoken: tuple[tuple[int, ...], ...] = ()
    questions: tuple[Place, ...] = ()

    @property
    def lengths(self) -> list[int]:
        """Words in each sentence."""
        return [len(words) for words in self.spoken]

    @property
    def median_length(self) -> float | None:
        """Words in the middle one of the sentences; None under three sentences."""
        return median(self.lengths) if len(self.places) >= FEWEST_SENTENCES else None

    def long(self) -> list[Place]:
        """Sentences more than twice as long as the middle one."""
        usual = self.median_length
        if usual is None:
            return []
        return [
            place
            for place, length in zip(self.places, self.lengths, strict=True)
            if length > LONG_SENTENCE * usual
        ]


@dataclass(frozen=True, slots=True)
class Choice:
    """The choice of words in a recording: `content` and `weak` by the numbers of the words."""

    sentences: Sentences = field(default_factory=Sentences)
    content: tuple[int, ...] = ()
    weak: tuple[Place, ...] = ()


def look_at(
    words: Sequence[Word], language: Language, hesitations: Iterable[int], fillers: Iterable[Place]
) -> Choice:
    """Sentences, content words and weak words.

    `hesitations`: numbers of the words that are filled pauses. `fillers`: empty phrases, whose
    words carry no content either.
    """
    silent = set(hesitations)
    empty = silent | {at for first, last in fillers for at in range(first, last + 1)}
    bare = [bare_word(word.text) for word in words]
    return Choice(
        sentences=_sentences(words, bare, silent),
        content=tuple(
            at for at, text in enumerate(bare) if at not in empty and language.is_content(text)
        ),
        weak=tuple(_weak(bare, language, empty)),
    )


def lists(
    words: Sequence[Word], choice: Choice, repetitions: Iterable[Repetition], *, timed: bool
) -> Wording:
    """The content words leaned on most and the commonest starts of sentences, with where to hear.

    Of a stumble's copies only the last was meant and counts.
    """
    copies = {
        at
        for again in repetitions
        for at in range(again.first_word, again.last_word + 1 - len(again.text.split()))
    }
    leaned = [(bare_word(words[at].text), at) for at in choice.content if at not in copies]
    starts = [
        (bare_word(words[spoken[0]].text), spoken[0])
        for spoken in choice.sentences.spoken
        if spoken
    ]
    return Wording(
        leaned_on=_ranked(words, leaned, LEANED_ON_FROM, timed=timed),
        starters=_ranked(words, starts, STARTER_FROM, timed=timed),
    )


def _ranked(
    words: Sequence[Word], found: Iterable[tuple[str, int]], fewest: int, *, timed: bool
) -> tuple[Said, ...]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for text, at in found:
        if text:
            places[text].append(at)
    ranked = sorted(places.items(), key=lambda item: (-len(item[1]), item[1][0]))
    return tuple(
        Said(
            text=text,
            count=len(where),
            evidence=tuple(Span(words[at].start, words[at].end).rounded for at in where if timed),
        )
        for text, where in ranked[:SHOWN]
        if len(where) >= fewest
    )


def _sentences(words: Sequence[Word], bare: Sequence[str], silent: set[int]) -> Sentences:
    ends = [at for at, word in enumerate(words) if ends_sentence(word.text)]
    if not ends:
        return Sentences()
    if ends[-1] != len(words) - 1:
        ends.append(len(words) - 1)
    starts = [0, *(end + 1 for end in ends[:-1])]
    found = [
        ((first, last), spoken)
        for first, last in zip(starts, ends, strict=True)
        if (spoken := tuple(at for at in range(first, last + 1) if bare[at] and at not in silent))
    ]
    return Sentences(
        places=tuple(place for place, _ in found),
        spoken=tuple(spoken for _, spoken in found),
        questions=tuple(place for place, _ in found if "?" in words[place[1]].text),
    )


def _weak(bare: Sequence[str], language: Language, empty: set[int]) -> Iterable[Place]:
    at = 0
    while at < len(bare):
        size = next(
            (
                len(phrase)
                for phrase in language.weak_words
                if tuple(bare[at : at + len(phrase)]) == phrase and at not in empty
            ),
            0,
        )
        if size:
            yield at, at + size - 1
        at += size or 1
