import pytest
from django.apps import apps
from django.db import OperationalError, connection, models

from speech_sessions import search_index
from speech_sessions.models import SpeechSession
from speech_sessions.selectors.search import search

pytestmark = pytest.mark.django_db


def found(text: str) -> set[str]:
    return {session.title for session in search(SpeechSession.objects.all(), text)}


@pytest.fixture
def talks(alice):
    for title, transcription, tags in (
        ("Berlin", "We drove to the café in Kreuzberg, didn't we? It cost 3.50 euros.", ["travel"]),
        ("Pitch", "The naïve investor asked about COVID-19 and e-mail@example.org.", ["work"]),
        ("Über uns", "Straße und Größe; snake_case too. 🎉Party🎉 at nine", ["Öffentlichkeit"]),
        ("हिन्दी", "मैं हिन्दी बोलता हूँ और मतलब समझता हूँ।", []),
        ("日本語", "「えーと」、東京に行きました。", []),
        ("Русский", "Вчера я говорил очень быстро.", ["Москва"]),
        ("Decomposed", "A cafe\u0301 written with a combining accent", []),
    ):
        SpeechSession.objects.create(
            user=alice, title=title, transcription=transcription, tags=tags
        )


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("", {"Berlin", "Pitch", "Über uns", "हिन्दी", "日本語", "Русский", "Decomposed"}),
        ("cafe", {"Berlin", "Decomposed"}),
        ("CAFÉ", {"Berlin", "Decomposed"}),
        ("cafe\u0301", {"Berlin", "Decomposed"}),
        ("kreuz", {"Berlin"}),
        ("kreuz cost", set()),
        ("cost kreuz", {"Berlin"}),
        ("didn't", {"Berlin"}),
        ("didn’t", {"Berlin"}),
        ("3.50", {"Berlin"}),
        ("travel", {"Berlin"}),
        ("covid-19", {"Pitch"}),
        ("covid 19", {"Pitch"}),
        ("e-mail@example.org", {"Pitch"}),
        ("example", {"Pitch"}),
        ("uber", {"Über uns"}),
        ("grosse", set()),
        ("größ", {"Über uns"}),
        ("case", {"Über uns"}),
        ("snake_ca", {"Über uns"}),
        ("party", {"Über uns"}),
        ("öffentlichkeit", {"Über uns"}),
        ("मतलब", {"हिन्दी"}),
        ("हिन्दी", {"हिन्दी"}),
        ("東京", {"日本語"}),
        ("えーと", {"日本語"}),
        ("ГОВОРИЛ", {"Русский"}),
        ("москва", {"Русский"}),
        ("nothing like it", set()),
    ],
)
def test_search_finds_words_and_the_start_of_the_last_one(talks, text, titles):
    assert found(text) == titles


@pytest.mark.parametrize(
    "text",
    [
        '"', "'", "*", "a*", "^a", "AND", "a AND", "OR NOT", "NEAR(a b)", "title:x", "-a", "(",
        "a)", "a:*", "a & | !", "<->", "\\", "%", ";", "--", "🎉", "👩‍👩‍👧", "\u200b", "\x00",
        "a\x00b", "\u0301", "x" * 10_000, "word " * 2_000, "é" * 10_000, "\ud800", "1e5", "-3",
        "0x1F", "a" + "\u0301" * 50,
    ],
)  # fmt: skip
def test_search_takes_any_text_as_plain_words(talks, text):
    found(text)


def test_search_follows_changes_and_deletion(talks):
    session = SpeechSession.objects.get(title="Berlin")
    session.transcription = "Quite another thing"
    session.tags = ["seldom"]
    session.save()
    assert found("kreuzberg") == found("travel") == set()
    assert found("another seldom") == {"Berlin"}
    SpeechSession.objects.filter(pk=session.pk).update(title="Hamburg")
    assert found("berlin") == set()
    assert found("hamburg") == {"Hamburg"}
    session.delete()
    assert found("another") == set()


def test_search_index_agrees_with_the_sessions_after_many_changes(talks):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL computes its column itself")
    SpeechSession.objects.filter(title="Pitch").update(tags=["a", "b"])
    SpeechSession.objects.filter(title="Pitch").delete()
    with connection.cursor() as cursor:
        index = search_index.INDEX
        cursor.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")


def test_search_makes_one_query(talks, django_assert_num_queries):
    with django_assert_num_queries(1):
        found("cafe in")


@pytest.mark.django_db(transaction=True)
def test_migration_that_remakes_the_table_must_take_the_index_down_and_up_again(talks):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL alters its tables in place")
    old = SpeechSession._meta.get_field("audio_name")
    new = models.CharField(max_length=254, default="", blank=True)
    new.set_attributes_from_name("audio_name")
    with (
        pytest.raises(OperationalError, match="view"),
        connection.schema_editor() as editor,
    ):
        editor.alter_field(SpeechSession, old, new)
    with connection.schema_editor() as editor:
        search_index.remove(apps, editor)
        editor.alter_field(SpeechSession, old, new)
        search_index.make(apps, editor)
    assert found("kreuzberg") == {"Berlin"}
    SpeechSession.objects.filter(title="Berlin").update(transcription="moved")
    assert found("moved") == {"Berlin"}
    with connection.schema_editor() as editor:
        search_index.remove(apps, editor)
        editor.alter_field(SpeechSession, new, old)
        search_index.make(apps, editor)
