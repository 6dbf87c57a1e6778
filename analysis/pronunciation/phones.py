"""The phones of the acoustic model, read from its definition.

The model is the en-us one in the wheel of pocketsphinx: 42 phones (ARPABET without stress, silence
and two noises), each in many contexts, three states a phone in a context, every state tied to one
of 5,126 distributions ("senones"). The file's layout is described in its own header and in
`bin_mdef.h` of pocketsphinx.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pocketsphinx import get_model_path

MODEL = Path(get_model_path()) / "en-us"
STATES = 3
SILENCE = "SIL"

VOWELS = frozenset(
    ["AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"]
)

_MAGIC = b"BMDF"
_NUMBERS = 10
_PHONE = np.dtype([("senones", "<i4"), ("transitions", "<i4"), ("context", "u1", (4,))])
# Where in its word a phone stands: inside, at its beginning, at its end, or alone.
_INSIDE, _BEGINS, _ENDS, _ALONE = range(4)

Senones = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Phones:
    """`names` in the model's order; `spoken`: the numbers of those that are no silence or noise.

    The first `3 * len(names)` senones are those of the phones without context, three a phone;
    `of_phone`: all of each phone, in any context.
    """

    names: tuple[str, ...]
    numbers: Mapping[str, int]
    spoken: NDArray[np.int64]
    of_phone: tuple[NDArray[np.int64], ...]
    in_context: Mapping[tuple[int, int, int, int], Senones]

    def senones(self, name: str, before: str, after: str, *, first: bool, last: bool) -> Senones:
        """The three senones of a phone between two others, nearest to its place in the word.

        Without context where the model never met this one.
        """
        place = _ALONE if first and last else _BEGINS if first else _ENDS if last else _INSIDE
        phone, left, right = (self.numbers[each] for each in (name, before, after))
        for where in (place, _INSIDE, _BEGINS, _ENDS, _ALONE):
            found = self.in_context.get((where, phone, left, right))
            if found:
                return found
        return tuple(range(STATES * phone, STATES * phone + STATES))


@functools.lru_cache(maxsize=1)
def phones() -> Phones:
    """The phones of the packaged model. Raises ValueError where its definition is another."""
    data = (MODEL / "en-us" / "mdef").read_bytes()
    if not data.startswith(_MAGIC):
        message = "the acoustic model's definition is not in the layout known here"
        raise ValueError(message)
    at = 12 + int.from_bytes(data[8:12], "little")
    header = np.frombuffer(data, "<i4", _NUMBERS, at)
    count, in_all = int(header[0]), int(header[1])
    at += 4 * _NUMBERS
    named = data[at:].split(b"\0", count)[:count]
    names = tuple(name.decode("ascii") for name in named)
    at += -(-sum(len(name) + 1 for name in named) // 4) * 4
    at += 8 * int(header[8])
    listed = np.frombuffer(data, _PHONE, in_all, at)[count:]
    at += _PHONE.itemsize * in_all + 4
    sequences = np.frombuffer(data, "<u2", int(header[6]) * STATES, at).reshape(-1, STATES)
    contexts = map(tuple, listed["context"].tolist())
    tied = sequences[listed["senones"]]
    base = listed["context"][:, 1]
    alone = np.arange(STATES * count).reshape(count, STATES)
    return Phones(
        names=names,
        numbers={name: number for number, name in enumerate(names)},
        spoken=np.array([n for n, name in enumerate(names) if name != SILENCE and name[0] != "+"]),
        of_phone=tuple(
            np.union1d(alone[number], tied[base == number]).astype(np.int64)
            for number in range(count)
        ),
        in_context=dict(zip(contexts, map(tuple, tied.tolist()), strict=True)),
    )
