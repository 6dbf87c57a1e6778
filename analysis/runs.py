"""Where a mask holds without a break."""

import numpy as np
from numpy.typing import NDArray


def runs(mask: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The runs of True in a mask, in order: a row each, its first place and the one after it."""
    edges = np.diff(np.concatenate([[0], mask.astype(np.int8), [0]]))
    return np.flatnonzero(edges).reshape(-1, 2)
