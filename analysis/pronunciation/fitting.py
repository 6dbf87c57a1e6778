"""The curves of goodness.py, fitted to learners' sentences and the same with words exchanged.

`python -m benchmarks.accuracy pronunciation` fits them to every second recording and judges them by
the others. A word is exchanged for one that was not said, a phone for another of its kind (vowel or
consonant) in the same place: each sound is then scored as what it is and as what it is not.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from analysis.pronunciation.acoustics import senone_costs
from analysis.pronunciation.alignment import align
from analysis.pronunciation.goodness import Fits, word_goodness
from analysis.pronunciation.lexicon import Said, ways_of, words_of
from analysis.pronunciation.phones import VOWELS, phones

# No reader says one of these.
OTHER_WORDS = (
    "lantern gravel orchid velvet thunder pickle anchor biscuit marble pigeon ribbon saddle turnip"
    " walnut zebra cactus dolphin engine ferry goblet hammock jigsaw kettle lobster magnet napkin"
    " otter lamp fog sheep moon shelf chair goat juice yawn"
)

_STEPS = 200


@dataclass(slots=True)
class Contrast:
    """Goodness of what was said and of what was not."""

    said: list[float] = field(default_factory=list)
    other: list[float] = field(default_factory=list)


def contrasts(samples: NDArray[np.int16], text: str, seed: int) -> tuple[Contrast, Contrast]:
    """(words, phones) of one recording of `text`: mono, 16 kHz."""
    chance = random.Random(seed)  # noqa: S311 - chooses examples, guards nothing
    costs = senone_costs(samples)
    fits = Fits(costs)
    ways = [word.ways for word in words_of(text) if word.ways]
    words, sounds = Contrast(), Contrast()
    for number, (word, said) in enumerate(zip(align(costs, ways) or (), ways, strict=True)):
        if not word.phones:
            continue
        true = fits.of(word)
        words.said.append(word_goodness(true))
        sounds.said += [fit.goodness for fit in true]
        changed = list(said[0])
        place = chance.randrange(len(changed))
        changed[place] = _another(changed[place], chance)
        sounds.other += _goodness_at(costs, fits, ways, number, tuple(changed), place)
        other = ways_of(chance.choice(OTHER_WORDS.split()))[0]
        words.other += _goodness_at(costs, fits, ways, number, other, None)
    return words, sounds


def _goodness_at(
    costs: NDArray[np.float32],
    fits: Fits,
    ways: Sequence[Sequence[Said]],
    number: int,
    said: Said,
    place: int | None,
) -> list[float]:
    """The goodness with word `number` exchanged: the word's, or that of its phone `place`."""
    aligned = align(costs, [*ways[:number], (said,), *ways[number + 1 :]])
    if not aligned or not aligned[number].phones:
        return []
    found = fits.of(aligned[number])
    return [word_goodness(found) if place is None else found[place].goodness]


def _another(name: str, chance: random.Random) -> str:
    model = phones()
    names = [model.names[number] for number in model.spoken]
    kind = [each for each in names if (each in VOWELS) == (name in VOWELS) and each != name]
    return str(chance.choice(kind))


def curve(contrast: Contrast) -> tuple[float, float]:
    """Offset and slope of the logistic curve between both, each side weighing the same."""
    goodness = np.array([*contrast.said, *contrast.other])
    target = np.repeat([1.0, 0.0], [len(contrast.said), len(contrast.other)])
    weight = np.where(target == 1.0, 0.5 / len(contrast.said), 0.5 / len(contrast.other))
    design = np.stack([np.ones_like(goodness), goodness], axis=1)
    weights = np.zeros(2)
    for _ in range(_STEPS):  # Newton
        chance = 1 / (1 + np.exp(-design @ weights))
        bend = (design * (weight * chance * (1 - chance))[:, None]).T @ design
        weights += np.linalg.solve(bend, design.T @ (weight * (target - chance)))
    return round(float(weights[0]), 3), round(float(weights[1]), 3)


def area(contrast: Contrast) -> float:
    """How often what was said is scored above what was not (area under the curve)."""
    said, other = np.array(contrast.said), np.array(contrast.other)
    above = (said[:, None] > other).mean() + 0.5 * (said[:, None] == other).mean()
    return float(above)
