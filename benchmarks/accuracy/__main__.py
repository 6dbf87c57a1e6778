"""`make accuracy`: how near the measures come to labelled speech, a table a section.

Runs every module of this package that has `rows()`, one after the other, prints the tables, and
replaces each section's own part of docs/benchmarks.md. Name some to run only those; the parts of
the others stay as they are, and so does that of a section that cannot be measured here.
"""

import argparse
import importlib
import pkgutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from benchmarks import accuracy, document
from benchmarks.accuracy.table import LeftOut, Row, markdown

PART = """\
Written by `python -m benchmarks.accuracy {name}`. {circumstances}

{table}"""


def main() -> int:
    """Measure, print and write down; 1 when a goal is missed."""
    found = sections()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=" ".join(found))
    chosen = parser.parse_args().sections
    if unknown := set(chosen) - set(found):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are {', '.join(found)}")
    missed = False
    for name, rows in measured({name: found[name] for name in chosen or found}):
        if isinstance(rows, LeftOut):
            print(f"Left out: {name}, which {rows}.", flush=True)
            continue
        print(markdown(rows), flush=True)
        document.replace(mark(name), part(name, rows))
        missed |= any(row.met is False for row in rows)
    return int(missed)


def mark(section: str) -> str:
    """What the part of a section is called in the document."""
    return f"accuracy-{section}"


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


def measured(
    found: Mapping[str, Callable[[], list[Row]]],
) -> Iterator[tuple[str, list[Row] | LeftOut]]:
    """Each section's rows, or why it is left out, as soon as it is done."""
    for name, section in found.items():
        print(f"… {name}", file=sys.stderr, flush=True)
        began, worked = time.perf_counter(), time.process_time()
        try:
            yield name, section()
        except LeftOut as why:
            yield name, why
        taken, work = time.perf_counter() - began, time.process_time() - worked
        print(f"  {taken:.0f} s, {work:.0f} s of processor", file=sys.stderr, flush=True)


def part(name: str, rows: Sequence[Row]) -> str:
    """What the document says of a section."""
    return PART.format(name=name, circumstances=document.circumstances(), table=markdown(rows))


if __name__ == "__main__":
    sys.exit(main())
