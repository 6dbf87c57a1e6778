"""`make accuracy`: how near the measures come to labelled speech, as one table.

Runs every module of this package that has `rows()`, one after the other, prints their table, and
replaces the part about accuracy in docs/benchmarks.md. Name some to run only those; then the
document stays as it is.
"""

import argparse
import importlib
import pkgutil
import sys
import time
from collections.abc import Callable, Sequence

from benchmarks import accuracy, document
from benchmarks.accuracy.table import LeftOut, Row, markdown

PART = """\
Written by `make accuracy`. {circumstances}

{table}
{left_out}"""


def main() -> int:
    """Measure, print and write down; 1 when a goal is missed."""
    found = sections()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=" ".join(found))
    chosen = parser.parse_args().sections
    if unknown := set(chosen) - set(found):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(found)}")
    rows, missing = measured({name: found[name] for name in chosen or found})
    print(markdown(rows), *missing, sep="\n")
    if not chosen:
        document.replace("accuracy", part(rows, missing))
    return int(any(row.met is False for row in rows))


def sections() -> dict[str, Callable[[], list[Row]]]:
    """What there is to run, by name."""
    modules = (
        importlib.import_module(f"{accuracy.__name__}.{module.name}")
        for module in pkgutil.iter_modules(accuracy.__path__)
        if module.name != "__main__"
    )
    return {
        module.__name__.rpartition(".")[2]: module.rows
        for module in modules
        if hasattr(module, "rows")
    }


def measured(found: dict[str, Callable[[], list[Row]]]) -> tuple[list[Row], list[str]]:
    """The rows of the sections, and a sentence for each that is left out."""
    rows: list[Row] = []
    missing: list[str] = []
    for name, section in found.items():
        print(f"… {name}", file=sys.stderr, flush=True)
        began = time.perf_counter()
        try:
            rows += section()
        except LeftOut as why:
            missing.append(f"Left out: {name}, which {why}.")
        print(f"  {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return rows, missing


def part(rows: Sequence[Row], missing: Sequence[str]) -> str:
    """What the document says of accuracy."""
    return PART.format(
        circumstances=document.circumstances(),
        table=markdown(rows),
        left_out="".join(f"\n- {sentence}" for sentence in missing),
    )


if __name__ == "__main__":
    sys.exit(main())
