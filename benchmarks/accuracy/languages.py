"""Syllables by spelling in the languages without a pronouncing dictionary.

Running text cut into syllables by hand, which no rule was written with in view
(analysis/tests/data/syllables.toml).
"""

import tomllib
from pathlib import Path

from analysis.languages import language
from benchmarks.accuracy.table import Row

SECTION = "Other languages"
CUT = Path(__file__).resolve().parents[2] / "analysis" / "tests" / "data" / "syllables.toml"


def rows() -> list[Row]:
    """One figure a language."""
    texts = tomllib.loads(CUT.read_text(encoding="utf-8"))["running"]
    return [_counted(code, text.split()) for code, text in texts.items()]


def _counted(code: str, cut: list[str]) -> Row:
    rules = language(code)
    true = [word.count("-") + 1 for word in cut]
    counted = [rules.syllables.count(word.replace("-", "")) for word in cut]
    wrong = sum(one != other for one, other in zip(true, counted, strict=True))
    error = sum(counted) / sum(true) - 1
    return Row(
        SECTION,
        f"syllables by spelling, {rules.name}, {len(cut)} words of running text",
        f"{100 * error:+.1f} % in all, {wrong} words wrong",
        "within 2 %",
        abs(error) <= 0.02,
    )
