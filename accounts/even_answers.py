"""Answers that take the same time whether an address has an account or not."""

import time
from math import ceil


def wait_for_next(step: float, since: float) -> None:
    """Sleep until the time passed since `since` (of `time.monotonic`) is a whole number of `step`s.

    What differs between the two cases takes far less than `step` seconds, so both answers come at
    the same beat.
    """
    passed = time.monotonic() - since
    time.sleep(max(0.0, ceil(passed / step) * step - passed))
