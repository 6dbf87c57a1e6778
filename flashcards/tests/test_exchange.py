"""Words in files: what was written out comes back, and a stranger's file does no harm."""

import contextlib
import io
import json
import sqlite3
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashcards import exchange, services
from flashcards.exchange import anki_package
from flashcards.exchange.note_text import plain
from flashcards.models import Card

NOW = datetime(2026, 5, 1, 10, tzinfo=UTC)
# Whatever a person may write; spaces at the ends are not kept anywhere.
TEXT = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=40
).map(str.strip)
WORD = TEXT.filter(bool)


@st.composite
def cards(draw):
    card = Card(
        word=draw(WORD),
        meaning=draw(TEXT),
        sentence=draw(TEXT),
        source=draw(TEXT),
        language=draw(WORD.filter(lambda text: len(text) < 35)),
        due_at=NOW,
    )
    schedule, at = card.schedule, NOW
    for rating in draw(st.lists(st.integers(1, 4), max_size=4)):
        schedule, at = schedule.after(rating, at, 0.9), at + timedelta(days=2)
    card.take(schedule)
    return card


def texts_of(each) -> tuple[str, ...]:
    return each.word, each.meaning, each.sentence, each.source, each.language


@settings(deadline=None)
@given(st.lists(cards(), max_size=4))
def test_words_and_schedules_come_back_from_csv(written):
    table = exchange.read(exchange.write_csv(written).encode(), "es")

    assert table.errors == []
    assert [texts_of(row) for row in table.rows] == [texts_of(card) for card in written]
    assert [row.schedule for row in table.rows] == [
        card.schedule if card.state != "new" else None for card in written
    ]


@settings(deadline=None)
@given(st.lists(cards(), max_size=4))
def test_words_come_back_from_ankis_text(written):
    table = exchange.read(exchange.write_anki_text(written).encode(), "es")

    assert table.errors == []
    assert [texts_of(row) for row in table.rows] == [texts_of(card) for card in written]


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode()))
def test_file_is_read_or_refused_whatever_it_holds(content):
    for start in (b"", b"word,meaning\n", b"#separator:tab\n", b"PK\x03\x04"):
        with contextlib.suppress(exchange.Unreadable):
            assert all(row.word for row in exchange.read(start + content, "es").rows)


def test_columns_go_by_the_names_people_give_them():
    table = exchange.read(
        "\ufeffFront\tExample Sentence\tBack\tHint\nuva\tUna uva.\tgrape\tx".encode(), "es"
    )

    assert [texts_of(row) for row in table.rows] == [("uva", "grape", "Una uva.", "", "es")]


def test_of_columns_that_mean_the_same_the_first_that_says_something_counts():
    table = exchange.read(b"word,translation,definition\nuva,grape,\npera,,a fruit\n", "es")

    assert [(row.word, row.meaning) for row in table.rows] == [
        ("uva", "grape"),
        ("pera", "a fruit"),
    ]


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("uva,review,x,5,2026-05-03T00:00:00Z,2026-05-01T00:00:00Z", "stability is a number"),
        ("uva,review,3,50,2026-05-03T00:00:00Z,2026-05-01T00:00:00Z", "difficulty is a number"),
        ("uva,review,3,5,2026-04-03T00:00:00Z,2026-05-01T00:00:00Z", "due_at is a moment"),
        ("uva,review,3,5,2026-05-03T00:00:00Z,2999-05-01T00:00:00Z", "last_review_at is a moment"),
        ("uva,review,nan,5,2026-05-03T00:00:00Z,2026-05-01T00:00:00Z", "stability is a number"),
        ("uva,known,3,5,,", "state is one of"),
        (f"{'u' * 201},,,,,", "word is longer than 200"),
        (",review,,,,", "The word is missing"),
    ],
)
def test_row_that_is_wrong_is_named_with_its_line(row, wrong):
    head = "word,state,stability,difficulty,due_at,last_review_at"
    table = exchange.read(f'{head}\n"two\nlines",,,,,\n{row}\n'.encode(), "es")

    assert [row.word for row in table.rows] == ["two\nlines"]
    [error] = table.errors
    assert error.line == 4
    assert wrong in error.detail


def test_ankis_own_export_is_read_without_its_mark_up():
    text = (
        "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#tags column:5\n"
        'Ab1\tBasic\t"la <b>manzana</b>&nbsp;[sound:a.mp3]"\tthe apple<br>(fruit)\tfood\n'
        'Ab2\tCloze\t"{{c1::pera::fruit}} verde"\tpear\t\n'
    )
    table = exchange.read(text.encode(), "es")

    assert [(row.word, row.meaning) for row in table.rows] == [
        ("la manzana", "the apple\n(fruit)"),
        ("pera verde", "pear"),
    ]


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("<![foo[ uva", "<![foo[ uva"),
        ("<![if !mso]>uva<![endif]><!-- a <b> --> negra", "uva negra"),
        ("<style>p { a }</style>u<br/>va<script>x</script>", "u\nva"),
        ("1 < 2 &amp; &lt;b&gt; &#" + "9" * 5000 + ";", "1 < 2 & <b> \ufffd"),
        ("{{c1::la {{c2::uva::fruit}}}} {{c3::negra}} a::b }}", "la uva negra a::b }}"),
    ],
    ids=["a section", "of an office", "unseen", "entities", "gaps"],
)
def test_field_says_its_text_whatever_its_mark_up(field, said):
    assert plain(field) == said


@pytest.mark.parametrize("part", ["{{c1::", "<a ", "<!--", "[sound:", "<![if ", "::", "&#", "<"])
def test_field_of_mark_up_that_never_ends_is_read_at_once(part):
    """Each of these took minutes where every part was held against all that follow."""
    plain(part * 200_000)


def package(statements=(), *, notes=(), models=None, name="collection.anki2") -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE col (id integer, models text)")
    connection.execute("INSERT INTO col VALUES (1, ?)", [json.dumps(models or {})])
    connection.execute("CREATE TABLE notes (id integer, mid integer, flds text)")
    connection.executemany("INSERT INTO notes VALUES (?, ?, ?)", notes)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, connection.serialize())
    connection.close()
    return out.getvalue()


def test_deck_is_read_by_the_names_of_its_fields():
    models = {"7": {"flds": [{"name": "Meaning"}, {"name": "Word"}, {"name": "Audio"}]}}
    notes = [(1, 7, "apple\x1f<i>manzana</i>\x1f[sound:x.mp3]"), (2, 8, "uva\x1fgrape\x1fUna uva.")]

    table = exchange.read(package(notes=notes, models=models), "es")

    assert [texts_of(row) for row in table.rows] == [
        ("manzana", "apple", "", "", "es"),
        ("uva", "grape", "Una uva.", "", "es"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (package(name="collection.anki21b"), "newest_form"),
        (package(name="../../etc/passwd"), "invalid"),
        (package(["DROP TABLE notes"]), "invalid"),
        (package(["DROP TABLE notes", "CREATE VIEW notes AS SELECT 1 AS id"]), "invalid"),
        (package(["DROP TABLE col"]), "invalid"),
        (package()[:120], "invalid"),
    ],
)
def test_package_that_is_no_deck_is_refused(content, code):
    with pytest.raises(exchange.Unreadable) as refused:
        exchange.read(content, "es")
    assert refused.value.code == code


def test_package_that_swells_is_refused(monkeypatch):
    monkeypatch.setattr(anki_package, "LARGEST_DATABASE", 100_000)
    swelling = package(["CREATE TABLE more AS SELECT zeroblob(5000000) AS it"])
    assert len(swelling) < 100_000

    with pytest.raises(exchange.Unreadable) as refused:
        exchange.read(swelling, "es")
    assert refused.value.code == "too_large"


def test_views_of_a_deck_do_not_run():
    computed = (
        "CREATE VIEW other AS SELECT 1",
        "ALTER TABLE col ADD COLUMN more AS (hex(zeroblob(100000000)))",
    )
    table = exchange.read(package(computed, notes=[(1, 1, "uva\x1fgrape")]), "es")
    assert [row.word for row in table.rows] == ["uva"]


def test_file_of_too_many_words_is_refused(monkeypatch):
    monkeypatch.setattr("flashcards.exchange.rows.MOST_ROWS", 2)
    with pytest.raises(exchange.Unreadable, match="2 words at most"):
        exchange.read(b"word\na\nb\nc\n", "es")


def test_deck_is_imported_once(alice):
    rows = exchange.read(package(notes=[(1, 1, "uva\x1fgrape"), (2, 1, "UVA\x1f?")]), "es").rows

    assert services.import_rows(alice, rows) == services.Imported(1, 1)
    assert services.import_rows(alice, rows) == services.Imported(0, 2)
    assert alice.cards.get().meaning == "grape"


def test_no_more_words_than_one_may_have_are_imported(alice, monkeypatch):
    monkeypatch.setattr("flashcards.services.imports.MOST_CARDS", 1)
    rows = exchange.read(b"word\nuno\ndos\n", "es").rows
    with pytest.raises(services.TooManyCards):
        services.import_rows(alice, rows)
    assert not alice.cards.exists()
