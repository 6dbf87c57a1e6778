"""docs/benchmarks.md: each command replaces its own part, and a table reads as it was measured."""

import pytest

from benchmarks import document
from benchmarks.accuracy.__main__ import measured, part, sections
from benchmarks.accuracy.table import LeftOut, Row, markdown


def test_part_of_the_page_is_replaced_and_the_rest_kept(tmp_path):
    page = tmp_path / "benchmarks.md"
    page.write_text(document.DOCUMENT.read_text(encoding="utf-8"), encoding="utf-8")
    before = page.read_text(encoding="utf-8")
    document.replace("accuracy", "New figures.", page)
    after = page.read_text(encoding="utf-8")
    assert "<!-- accuracy: begin -->\n\nNew figures.\n\n<!-- accuracy: end -->" in after
    assert after.split("<!-- accuracy")[0] == before.split("<!-- accuracy")[0]
    document.replace("accuracy", "Newer.", page)
    assert "New figures." not in page.read_text(encoding="utf-8")


def test_page_without_the_marks_is_left_as_it_is(tmp_path):
    page = tmp_path / "benchmarks.md"
    page.write_text("nothing here", encoding="utf-8")
    with pytest.raises(ValueError, match="has no part"):
        document.replace("speed", "New.", page)
    assert page.read_text(encoding="utf-8") == "nothing here"


def test_table_groups_sections_and_says_which_goals_are_met():
    rows = [
        Row("A", "first", "1 %", "within 2 %", met=True),
        Row("B", "other", "5"),
        Row("A", "second", "3 | 4", "within 2 %", met=False),
    ]
    assert markdown(rows).splitlines()[2:] == [
        "| **A** | first | 1 % | within 2 % | met |",
        "|  | second | 3 \\| 4 | within 2 % | MISSED |",
        "| **B** | other | 5 |  |  |",
    ]


def test_section_without_its_recordings_is_left_out_by_name():
    def lacking() -> list[Row]:
        message = "needs the labelled recordings (telephone)"
        raise LeftOut(message)

    rows, missing = measured({"fillers": lacking, "words": lambda: [Row("W", "words", "0 %")]})
    assert [row.section for row in rows] == ["W"]
    assert missing == ["Left out: fillers, which needs the labelled recordings (telephone)."]
    assert missing[0] in part(rows, missing)


def test_synthetic_recordings_are_a_section_of_their_own():
    assert "synthetic" in sections()
