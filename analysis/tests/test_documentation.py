"""docs/analysis.md names every measure with its unit, every range and every event."""

import re
import tomllib
from pathlib import Path

from analysis import bands
from analysis.measures import UNITS

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "analysis.md").read_text(encoding="utf-8")


def rows_of(chapter):
    """Cells of every table row below a heading, up to the next of the same rank."""
    part = TEXT.split(f"\n## {chapter}\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in row] for row in rows]


def bands_as_rows():
    table = tomllib.loads(Path(bands.__file__).with_name("bands.toml").read_text(encoding="utf-8"))
    for code, uses in table.items():
        for use, entries in uses.items():
            for name, entry in entries.items():
                where = ", ".join(part for part in (code, use) if part != "any") or "any"
                good, fair = (
                    f"{low:g} to {high:g}" for low, high in (entry["good"], entry["fair"])
                )
                yield f"| `{name}` | {where} | {good} | {fair} | {entry['source']} |"


def test_documentation_has_every_measure_once_with_its_unit():
    documented = {row[0].strip("`"): row[2] for row in rows_of("The measures")}
    assert documented == UNITS
    assert len(rows_of("The measures")) == len(UNITS)


def test_documentation_says_of_every_measure_how_it_is_made():
    assert all(row[1] for row in rows_of("The measures"))


def test_documentation_lists_the_ranges_that_are_used():
    listed = [line for line in TEXT.split("\n## Usual ranges\n")[1].splitlines() if "| `" in line]
    assert listed == list(bands_as_rows())


def test_documentation_names_every_type_of_event():
    part = TEXT.split("\n## Events\n")[1].split("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", part))
    source = "".join(
        (ROOT / "analysis" / name).read_text(encoding="utf-8")
        for name in ("events.py", "timeline.py", "voice.py", "word_events.py", "reading.py")
    )
    written = set(re.findall(r"\"(\w+)\"", source))
    assert named - {"possible"} <= written


def test_documentation_links_to_files_that_exist():
    for name in re.findall(r"\]\(([\w./-]+)\)", TEXT):
        assert (ROOT / "docs" / name).exists(), name
