"""What was said, laid over the sound: words and phones, by forced alignment (Viterbi).

The words of the text follow one another, each in one of its ways of being said, three states a
phone. Between them may be silence, or sound that is none of the text (a hesitation, another word),
which costs a little more than the phone that fits it best; and a word may be left out, at a cost
that no word that was said is worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.pronunciation.lexicon import Said
from analysis.pronunciation.phones import SILENCE, STATES, Phones, phones

# In nats: a word left out, coming into sound that is none of the text, and each frame of it.
LEFT_OUT = 60.0
STRAY = 12.0
STRAY_FRAME = 3.0

_STAYS, _ADVANCES, _ENTERS = range(3)
_FREE = 1e9


@dataclass(frozen=True, slots=True)
class AlignedPhone:
    """A phone, the frame it begins with, how many it lasts, and its senones."""

    name: str
    first: int
    frames: int
    senones: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AlignedWord:
    """`number`: which of the words that were looked for; no phones where it was left out."""

    number: int
    phones: tuple[AlignedPhone, ...]


@dataclass(frozen=True, slots=True)
class _Chain:
    """States in a row. `word` None: silence or other sound at boundary `at`."""

    at: int
    word: int | None
    said: Said
    senones: tuple[tuple[int, ...], ...]
    first: int
    last: int


def align(
    costs: NDArray[np.float32], words: Sequence[Sequence[Said]]
) -> tuple[AlignedWord, ...] | None:
    """Lay words, each given by its ways of being said, over the costs of acoustics.senone_costs.

    None where there is nothing to lay over, or no way through.
    """
    if not words or not len(costs):
        return None
    chains = _chains(words, phones())
    local = _local_costs(costs, chains)
    path = _best_path(local, chains, len(words))
    return None if path is None else _words_on(path, chains, len(words))


def _chains(words: Sequence[Sequence[Said]], model: Phones) -> list[_Chain]:
    chains: list[_Chain] = []
    state = 0
    for at in range(len(words) + 1):
        for name in (SILENCE, ""):  # "": sound that is none of the text
            chains.append(_Chain(at, None, (name,), (), state, state))
            state += 1
    for number, ways in enumerate(words):
        before = words[number - 1][0][-1] if number else SILENCE
        after = words[number + 1][0][0] if number + 1 < len(words) else SILENCE
        for said in ways:
            around = (before, *said, after)
            senones = tuple(
                model.senones(
                    name,
                    around[place],
                    around[place + 2],
                    first=place == 0,
                    last=place == len(said) - 1,
                )
                for place, name in enumerate(said)
            )
            end = state + STATES * len(said) - 1
            chains.append(_Chain(number, number, said, senones, state, end))
            state = end + 1
    return chains


def _local_costs(costs: NDArray[np.float32], chains: Sequence[_Chain]) -> NDArray[np.float32]:
    """A column a state."""
    model = phones()
    silence = STATES * model.numbers[SILENCE]
    quiet = costs[:, silence : silence + STATES].min(axis=1)
    alone = (STATES * model.spoken[:, None] + np.arange(STATES)).ravel()
    stray = costs[:, alone].min(axis=1) + STRAY_FRAME
    columns = []
    for chain in chains:
        if chain.word is None:
            columns.append((quiet if chain.said == (SILENCE,) else stray)[:, None])
        else:
            columns.append(costs[:, [senone for three in chain.senones for senone in three]])
    return np.concatenate(columns, axis=1)


def _best_path(
    local: NDArray[np.float32], chains: Sequence[_Chain], words: int
) -> list[tuple[int, int]] | None:
    """(frame, state) from first to last of the cheapest way through; None where there is none."""
    frames, states = local.shape
    firsts = np.array([chain.first for chain in chains])
    lasts = np.array([chain.last for chain in chains])
    spoken = np.array([chain.word is not None for chain in chains])
    at = np.array([chain.at for chain in chains])
    extra = np.array([STRAY if chain.said == ("",) else 0.0 for chain in chains])
    moves = np.zeros((frames, states), np.uint8)
    # Which chain a boundary is reached by: -1 by leaving a word out, -2 not at all.
    reached = np.full((frames + 1, 2, words + 1), -2, np.int32)
    total = np.full(states, _FREE)
    ends = np.full(len(chains), _FREE)
    boundary = _boundaries(ends, at, spoken, words, reached[0], start=True)
    for frame in range(frames):
        advanced = np.concatenate([[_FREE], total[:-1]])
        advanced[firsts] = np.where(spoken, boundary[1, at], boundary[0, at]) + extra
        move = np.full(states, _ADVANCES, np.uint8)
        move[firsts] = _ENTERS
        stays = total <= advanced
        moves[frame] = np.where(stays, _STAYS, move)
        total = np.where(stays, total, advanced) + local[frame]
        boundary = _boundaries(total[lasts], at, spoken, words, reached[frame + 1], start=False)
    if boundary[1, words] >= _FREE:
        return None
    return _traced(moves, reached, chains, words)


def _boundaries(
    ends: NDArray[np.float64],
    at: NDArray[np.int64],
    spoken: NDArray[np.bool_],
    words: int,
    reached: NDArray[np.int32],
    *,
    start: bool,
) -> NDArray[np.float64]:
    """What it costs to stand at each boundary between words, before and after its silence."""
    cost = np.full((2, words + 1), _FREE)
    if start:
        cost[:, 0] = 0.0
    target = at + spoken
    for chain in np.argsort(-ends, kind="stable"):  # the cheapest is written last
        side = 0 if spoken[chain] else 1
        if ends[chain] < cost[side, target[chain]]:
            cost[side, target[chain]] = ends[chain]
            reached[side, target[chain]] = chain
    for place in range(words + 1):
        if place and cost[1, place - 1] + LEFT_OUT < cost[0, place]:
            cost[0, place] = cost[1, place - 1] + LEFT_OUT
            reached[0, place] = -1
        if cost[0, place] <= cost[1, place]:
            cost[1, place] = cost[0, place]
            reached[1, place] = -3
    return cost


def _traced(
    moves: NDArray[np.uint8],
    reached: NDArray[np.int32],
    chains: Sequence[_Chain],
    words: int,
) -> list[tuple[int, int]]:
    path: list[tuple[int, int]] = []
    frame, side, place = len(moves), 1, words
    while frame:
        by = int(reached[frame, side, place])
        if by == -3:
            side = 0
        elif by == -1:
            side, place = 1, place - 1
        else:
            chain = chains[by]
            state = chain.last
            while True:
                frame -= 1
                path.append((frame, state))
                move = moves[frame, state]
                if move == _ENTERS:
                    break
                state -= move == _ADVANCES
            side, place = (0 if chain.word is None else 1), chain.at
    return path[::-1]


def _words_on(
    path: Sequence[tuple[int, int]], chains: Sequence[_Chain], words: int
) -> tuple[AlignedWord, ...]:
    owner = {
        state: chain
        for chain in chains
        if chain.word is not None
        for state in range(chain.first, chain.last + 1)
    }
    begins: dict[tuple[int, int], list[int]] = {}
    chosen: dict[int, _Chain] = {}
    for frame, state in path:
        chain = owner.get(state)
        if chain is not None and chain.word is not None:
            chosen[chain.word] = chain
            begins.setdefault((chain.word, (state - chain.first) // STATES), []).append(frame)
    found = []
    for number in range(words):
        chain = chosen.get(number)
        said = (
            tuple(
                AlignedPhone(
                    name,
                    begins[number, place][0],
                    len(begins[number, place]),
                    chain.senones[place],
                )
                for place, name in enumerate(chain.said)
            )
            if chain
            else ()
        )
        found.append(AlignedWord(number, said))
    return tuple(found)
