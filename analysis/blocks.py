"""Blocks: a speaker is stuck before a word, or inside it.

Before a word: a silence inside a clause has many causes, such as thinking, breath, a word that is
looked for. It may be a block where three things come together: the word before it is one that no
phrase ends with ("the"), nothing was said to bridge it, and the word behind it sets in clearly
louder than words of this speaker usually do after a pause.

Inside a word: a short sound that is no recognised word, then silence, then a word ("b- boat").

No recording with labelled blocks was at hand, so each is only possible, to be heard, and none is
counted.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from analysis.languages import Language, bare_word, ends_sentence
from analysis.sound import Sound
from analysis.timeline import Block, Pause, Span
from engines.transcribers import Word

# A longer silence is a pause to think.
LONGEST = 3.0
ATTACK_SECONDS = 0.1
ATTACK_DECIBELS = 6.0
# Under so many onsets nobody knows how the speaker usually begins.
FEWEST_ONSETS = 8
# The sound that a word stops at, how much of it words may cover, and the silence behind it.
LONGEST_SOUND = 0.35
COVERED = 0.3
INSIDE = (0.15, 1.0)
# Recognised times of words are right to about a tenth of a second.
NEAR = 0.15


def find_blocks(
    pauses: Sequence[Pause],
    speech: Sequence[Span],
    words: Sequence[Word],
    hesitations: Collection[int],
    language: Language,
    sound: Sound,
) -> tuple[Block, ...]:
    """Blocks in order, from the words with times. `hesitations`: numbers of the filled pauses."""
    before = list(_before_words(pauses, words, hesitations, language, sound))
    inside = [
        block
        for block in _inside_words(speech, words, hesitations)
        if not any(block.word == other.word for other in before)
    ]
    return tuple(sorted([*before, *inside], key=lambda block: block.span))


def _before_words(
    pauses: Sequence[Pause],
    words: Sequence[Word],
    hesitations: Collection[int],
    language: Language,
    sound: Sound,
) -> Iterator[Block]:
    levels = sound.decibels
    attacks = [_attack(sound, levels, pause.span.end) for pause in pauses]
    known = [attack for attack in attacks if attack is not None]
    if len(known) < FEWEST_ONSETS:
        return
    usual = median(known)
    middles = [(word.start + word.end) / 2 for word in words]
    for pause, attack in zip(pauses, attacks, strict=True):
        after = bisect_left(middles, (pause.span.start + pause.span.end) / 2)
        if not 0 < after < len(words) or {after - 1, after} & set(hesitations):
            continue
        stuck = pause.mid_clause and pause.span.length <= LONGEST
        if not stuck or bare_word(words[after - 1].text) not in language.unfinished:
            continue
        if attack is not None and attack - usual >= ATTACK_DECIBELS:
            yield Block(bare_word(words[after].text), pause.span, after)


def _inside_words(
    speech: Sequence[Span], words: Sequence[Word], hesitations: Collection[int]
) -> Iterator[Block]:
    starts = [word.start for word in words]
    for sound, rest in pairwise(speech):
        silence = Span(sound.end, rest.start)
        if sound.length > LONGEST_SOUND or not INSIDE[0] <= silence.length <= INSIDE[1]:
            continue
        after = bisect_left(starts, rest.start - NEAR)
        if not 0 < after < len(words) or abs(words[after].start - rest.start) > NEAR:
            continue
        # A breath before a sentence sounds like the beginning of a word.
        if {after - 1, after} & set(hesitations) or ends_sentence(words[after - 1].text):
            continue
        beside = words[max(0, after - 2) : after + 1]
        covered = sum(sound.overlap(Span(word.start, word.end)) for word in beside)
        if covered < COVERED * sound.length:
            yield Block(bare_word(words[after].text), Span(sound.start, rest.start), after)


def _attack(sound: Sound, levels: NDArray[np.float64], onset: float) -> float | None:
    """Level of the first tenth of a second of speech, in dB; None where nothing was heard.

    `levels`: those of all frames of the sound.
    """
    here = levels[sound.frames_in([Span(onset, onset + ATTACK_SECONDS)])]
    here = here[~np.isnan(here)]
    return float(10 * np.log10(np.mean(10 ** (here / 10)))) if len(here) else None
