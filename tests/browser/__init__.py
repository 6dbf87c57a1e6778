"""Tests with a real browser. Those of one group share a process, a loop, a product and a browser.

There are two groups, so that two processes have about as much to do: looking at pages, and doing
something.
"""

import pytest


def _marks(group: str) -> list[pytest.MarkDecorator]:
    return [
        pytest.mark.asyncio(loop_scope="session"),
        pytest.mark.xdist_group(group),
        pytest.mark.timeout(300),
    ]


LOOKING = _marks("looking")
MARKS = _marks("browser")
