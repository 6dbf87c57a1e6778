"""One heap for a process that recognises speech, emptied between batches.

Recognition takes and frees arrays of 1 to 40 MB thousands of times. As the C library of Linux does
it by itself, the largest of them come fresh from the system each time, and each thread keeps a heap
of its own full of holes, so that a process grows by the half while it works through a long
recording. Here arrays come from one heap, which keeps what
is freed until it is told to give it back. Figures: docs/decisions/0016-one-heap.md.
"""

import ctypes
import functools
import sys

# Numbers of the parameters in the C library's malloc.h.
_TRIM_THRESHOLD, _MMAP_MAX, _ARENA_MAX = -1, -4, -8
# More than a batch ever leaves: nothing is given back before `give_back`.
_KEPT_BYTES = 1 << 30


def use_one() -> None:
    """From now on, take arrays of any size from the one heap. Elsewhere than on glibc: nothing."""
    library = _library()
    if library:
        library.mallopt(_ARENA_MAX, 1)
        library.mallopt(_MMAP_MAX, 0)
        library.mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)


def give_back() -> None:
    """Return to the system what was freed; takes up to 50 ms. Elsewhere than on glibc: nothing."""
    library = _library()
    if library:
        library.malloc_trim(ctypes.c_size_t(0))


@functools.lru_cache(maxsize=1)
def _library() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    known = hasattr(library, "mallopt") and hasattr(library, "malloc_trim")
    return library if known else None
