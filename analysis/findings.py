"""What the stages find in a recording, gathered before it becomes numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis import pace, pauses, wording
from analysis.condition import Condition
from analysis.false_starts import find_false_starts
from analysis.fillers import find_fillers
from analysis.languages import Language, language
from analysis.prolongations import find_prolongations
from analysis.reading import Reading, Slip, compare
from analysis.repetitions import find_repetitions
from analysis.timeline import Block, FalseStart, Filler, Pause, Prolongation, Repetition, Span
from analysis.voice import SILENT, Voice
from engines.transcribers import Transcript, Word


@dataclass(frozen=True, slots=True)
class Found:
    """Words, fillers, repetitions and pauses of one recording.

    `words` are the transcript's, or those of its text where they have no times (`timed` False).
    `talk` reaches from the first onset of speech to the last offset; None without speech.
    `heard` is False where there is only text. `voice`, `condition` and `blocks` come from the
    sound, which `find` does not see. `reading` is None without a text to read.
    """

    transcript: Transcript
    rules: Language
    duration: float
    talk: Span | None
    words: tuple[Word, ...]
    fillers: tuple[Filler, ...]
    repetitions: tuple[Repetition, ...]
    pauses: tuple[Pause, ...]
    spoken: tuple[Word, ...]
    syllables: int
    heard: bool
    local_pace: Sequence[tuple[float, float]]
    false_starts: tuple[FalseStart, ...]
    prolongations: tuple[Prolongation, ...]
    choice: wording.Choice
    reading: Reading | None
    voice: Voice = SILENT
    condition: Condition | None = None
    blocks: tuple[Block, ...] = ()

    @property
    def hesitations(self) -> set[int]:
        """Numbers of the words that are filled pauses."""
        return {filler.first_word for filler in self.fillers if filler.kind == "filled_pause"}

    @property
    def timed(self) -> bool:
        """Whether the words have times, measured or spread."""
        return self.transcript.timing != "text"

    def sure(self, *kinds: str) -> list[Filler]:
        """Fillers of these kinds that count."""
        return [f for f in self.fillers if f.kind in kinds and f.tier == "sure"]

    def per_hundred(self, count: int) -> float | None:
        """So many for each hundred words without filled pauses; None without words."""
        return 100 * count / len(self.spoken) if self.spoken else None

    def span(self, first: int, last: int) -> Span | None:
        """Times of the words from number `first` to number `last`, None where they have none."""
        return Span(self.words[first].start, self.words[last].end) if self.timed else None

    def spans(self, places: Sequence[tuple[int, int]]) -> list[Span]:
        """Times of several stretches of words, none where the words have no times."""
        return [span for first, last in places if (span := self.span(first, last)) is not None]

    def gap_after(self, slip: Slip) -> Span | None:
        """Where words were left out: between the words said around them."""
        if slip.kind != "left_out" or not self.timed or not self.words:
            return None
        before = -1 if slip.after_word is None else slip.after_word
        start = self.words[before].end if before >= 0 else self.words[0].start
        after = before + 1
        end = self.words[after].start if after < len(self.words) else start
        return Span(start, max(start, end))


def find(
    transcript: Transcript,
    speech: Sequence[Span],
    duration: float,
    reference: str | None = None,
) -> Found:
    """Run every stage over a transcript and the stretches of speech it belongs to.

    `reference`: the text that was to be read aloud.
    """
    rules = language(transcript.language)
    timed = transcript.timing != "text"
    words = transcript.words or tuple(Word(word, 0.0, 0.0) for word in transcript.text.split())
    fillers = find_fillers(words, rules, timed=transcript.timing == "words")
    hesitations = {filler.first_word for filler in fillers if filler.kind == "filled_pause"}
    spoken = tuple(word for at, word in enumerate(words) if at not in hesitations)
    talk = _talk(speech, duration, words)
    empty = [
        (f.first_word, f.last_word)
        for f in fillers
        if f.kind == "lexical_filler" and f.tier == "sure"
    ]
    phrases = {at for first, last in empty for at in range(first, last + 1)}
    repetitions = find_repetitions(words, rules, phrases)
    again = {at for r in repetitions for at in range(r.first_word, r.last_word + 1)}
    middles = [(word.start + word.end) / 2 for word in spoken]
    return Found(
        transcript=transcript,
        rules=rules,
        duration=duration,
        talk=talk,
        words=words,
        fillers=fillers,
        repetitions=repetitions,
        pauses=pauses.find_pauses(speech, words if timed else (), hesitations),
        spoken=spoken,
        syllables=sum(rules.syllables.count(word.text) for word in words),
        heard=bool(speech),
        local_pace=pace.local_pace(middles, talk) if talk and timed else (),
        false_starts=find_false_starts(words, rules, again),
        prolongations=(
            find_prolongations(words, hesitations) if transcript.timing == "words" else ()
        ),
        choice=wording.look_at(words, rules, hesitations, empty),
        reading=compare(reference, words, rules, hesitations) if reference else None,
    )


def _talk(speech: Sequence[Span], duration: float, words: Sequence[Word]) -> Span | None:
    """Without sound, a talk is taken to fill the duration that was given for it."""
    if speech:
        return pauses.talk_span(speech)
    return Span(0.0, duration) if duration and words else None
