"""docs/benchmarks.md: each command replaces its own part, and a table reads as it was measured."""

import pytest

from benchmarks import document
from benchmarks.accuracy.__main__ import mark, measured, part, sections
from benchmarks.accuracy.table import LeftOut, Row, markdown


def test_part_of_the_page_is_replaced_and_the_rest_kept(tmp_path):
    page = tmp_path / "benchmarks.md"
    page.write_text(document.DOCUMENT.read_text(encoding="utf-8"), encoding="utf-8")
    before = page.read_text(encoding="utf-8")
    document.replace("accuracy-words", "New figures.", page)
    after = page.read_text(encoding="utf-8")
    assert "<!-- accuracy-words: begin -->\n\nNew figures.\n\n<!-- accuracy-words: end -->" in after
    for kept in (0, 1):
        outside = [text.split("<!-- accuracy-words: ")[2 * kept] for text in (before, after)]
        assert outside[0] == outside[1]
    document.replace("accuracy-words", "Newer.", page)
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

    done = dict(measured({"fillers": lacking, "words": lambda: [Row("W", "words", "0 %")]}))
    assert str(done["fillers"]) == "needs the labelled recordings (telephone)"
    assert "| words | 0 % |" in part("words", done["words"])


def test_every_section_has_its_own_part_of_the_page():
    page = document.DOCUMENT.read_text(encoding="utf-8")
    for name in sections():
        assert page.count(f"<!-- {mark(name)}: begin -->") == 1
        assert page.count(f"<!-- {mark(name)}: end -->") == 1
