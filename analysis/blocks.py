"""Blocks: silences in which a speaker is stuck before a word, which then comes with a hard attack.

A silence inside a clause has many causes: thinking, breath, a word that is looked for. It may be a
block where three things come together: the word before it is one that no phrase ends with ("the"),
nothing was said to bridge it, and the word behind it sets in clearly louder than words of this
speaker usually do after a pause. No recording with labelled blocks was at hand, so each is only
possible, to be heard, and none is counted.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from statistics import median

import numpy as np

from analysis.languages import Language, bare_word
from analysis.sound import Sound
from analysis.timeline import Block, Pause, Span
from engines.transcribers import Word

# A longer silence is a pause to think.
LONGEST = 3.0
ATTACK_SECONDS = 0.1
ATTACK_DECIBELS = 6.0
# Under so many onsets nobody knows how the speaker usually begins.
FEWEST_ONSETS = 8


def find_blocks(
    pauses: Sequence[Pause],
    words: Sequence[Word],
    hesitations: Collection[int],
    language: Language,
    sound: Sound,
) -> tuple[Block, ...]:
    """Blocks in order, from the words with times. `hesitations`: numbers of the filled pauses."""
    attacks = [_attack(sound, pause.span.end) for pause in pauses]
    known = [attack for attack in attacks if attack is not None]
    if len(known) < FEWEST_ONSETS:
        return ()
    usual = median(known)
    middles = [(word.start + word.end) / 2 for word in words]
    found = []
    for pause, attack in zip(pauses, attacks, strict=True):
        after = bisect_left(middles, (pause.span.start + pause.span.end) / 2)
        if not 0 < after < len(words) or {after - 1, after} & set(hesitations):
            continue
        stuck = pause.mid_clause and pause.span.length <= LONGEST
        if not stuck or bare_word(words[after - 1].text) not in language.unfinished:
            continue
        if attack is not None and attack - usual >= ATTACK_DECIBELS:
            found.append(Block(bare_word(words[after].text), pause.span, after))
    return tuple(found)


def _attack(sound: Sound, onset: float) -> float | None:
    """Level of the first tenth of a second of speech, in dB; None where nothing was heard."""
    levels = sound.decibels[sound.frames_in([Span(onset, onset + ATTACK_SECONDS)])]
    levels = levels[~np.isnan(levels)]
    return float(10 * np.log10(np.mean(10 ** (levels / 10)))) if len(levels) else None
