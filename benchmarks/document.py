"""docs/benchmarks.md: each command that measures replaces its own part and leaves the others."""

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


def replace(part: str, text: str, document: Path = DOCUMENT) -> None:
    """Put `text` between the marks of `part`. Raises ValueError where they are not both there."""
    begin, end = f"<!-- {part}: begin -->\n", f"<!-- {part}: end -->"
    whole = document.read_text(encoding="utf-8")
    before, found, rest = whole.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        message = f"{document} has no part between {begin.strip()} and {end}"
        raise ValueError(message)
    document.write_text(f"{before}{begin}\n{text.strip()}\n\n{end}{after}", encoding="utf-8")


def circumstances() -> str:
    """When and on what something was measured, as a sentence."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Measured {datetime.now(UTC):%d %B %Y} with Python {platform.python_version()} on"
        f" {os.cpu_count()} cores ({platform.machine()}) and {memory:.0f} GB."
    )
