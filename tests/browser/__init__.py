"""Tests with a real browser. One process and one loop run all of them."""

import pytest

MARKS = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.xdist_group("browser"),
    pytest.mark.timeout(300),
]
