"""The calls under `vocabulary/`."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from conftest import api_client_of
from flashcards import services
from flashcards.models import Card, DeletedCard, Review

ADDRESS = "/api/v1/vocabulary/"
NOW = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
APPLE = {
    "word": "la manzana",
    "meaning": "the apple",
    "sentence": "Quiero dos kilos de manzanas.",
    "language": "Spanish",
    "source": "At the market",
}
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(28)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def added(phone, **changes) -> dict:
    answer = phone.post(ADDRESS, APPLE | changes, format="json")
    assert answer.status_code == 201, answer.content
    return answer.json()


def rated(phone, card: dict, rating: int, **more) -> dict:
    answer = phone.post(f"{ADDRESS}{card['id']}/review/", {"rating": rating, **more}, format="json")
    assert answer.status_code == 200, answer.content
    return answer.json()


def words_of(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [card["word"] for card in answer.json()["results"]]


def test_word_comes_back_as_it_was_sent(alices_phone):
    card = added(alices_phone)

    assert card | APPLE == card
    assert (card["language_code"], card["state"], card["reviews"]) == ("es", "new", 0)
    assert alices_phone.get(f"{ADDRESS}{card['id']}").json() == card


@pytest.mark.parametrize("word", ["la manzana", " La  Manzana ", "ＬＡ manzana"])
def test_same_word_in_the_same_language_is_a_conflict(alices_phone, word):
    added(alices_phone)

    answer = alices_phone.post(ADDRESS, APPLE | {"word": word, "language": "es"}, format="json")

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "word_taken"
    assert added(alices_phone, language="pt")["language_code"] == "pt"


def test_changing_a_word_keeps_its_schedule(alices_phone):
    card, other = added(alices_phone), added(alices_phone, word="la pera")
    rated(alices_phone, card, 4)

    changed = alices_phone.patch(f"{ADDRESS}{card['id']}/", {"meaning": "apple"}, format="json")
    taken = alices_phone.patch(f"{ADDRESS}{other['id']}/", {"word": "la manzana"}, format="json")

    assert (changed.json()["meaning"], changed.json()["state"]) == ("apple", "review")
    assert taken.status_code == 409


def test_review_says_when_the_word_comes_again(alices_phone):
    card = added(alices_phone)

    body = rated(alices_phone, card, 4, review_id="phone-1")

    assert body["review"] == {
        "review_id": "phone-1",
        "rating": 4,
        "reviewed_at": "2026-11-21T22:30:00Z",
    }
    assert body["card"]["state"] == "review"
    assert body["card"]["due_at"] > "2026-11-24"


@pytest.mark.parametrize(
    "sent",
    [{}, {"rating": 0}, {"rating": 5}, {"rating": "x"}, {"rating": 3, "review_id": "a b"}],
)
def test_rating_that_is_none_is_refused(alices_phone, sent):
    card = added(alices_phone)
    answer = alices_phone.post(f"{ADDRESS}{card['id']}/review/", sent, format="json")
    assert answer.status_code == 400


def test_undo_takes_the_newest_review_back(alices_phone):
    card = added(alices_phone)
    rated(alices_phone, card, 3)
    rated(alices_phone, card, 4)

    for state, reviews in (("learning", 1), ("new", 0)):
        body = alices_phone.post(f"{ADDRESS}{card['id']}/undo/").json()
        assert (body["card"]["state"], body["card"]["reviews"]) == (state, reviews)
    nothing = alices_phone.post(f"{ADDRESS}{card['id']}/undo/")
    assert (nothing.status_code, nothing.json()["errors"][0]["code"]) == (409, "nothing_to_undo")


def test_key_makes_a_review_and_an_undo_happen_once(alices_phone):
    card = added(alices_phone)
    for action in ("review", "review", "undo", "undo"):
        answer = alices_phone.post(
            f"{ADDRESS}{card['id']}/{action}/",
            {"rating": 3} if action == "review" else {},
            format="json",
            headers={"Idempotency-Key": action},
        )
        assert answer.status_code == 200
    assert Review.objects.count() == 1


def test_id_of_another_review_is_a_conflict(alices_phone):
    card = added(alices_phone)
    rated(alices_phone, card, 3, review_id="a")
    answer = alices_phone.post(
        f"{ADDRESS}{card['id']}/review/", {"rating": 1, "review_id": "a"}, format="json"
    )
    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (409, "review_id")


def test_due_honours_the_limits_of_the_day(alice, alices_phone):
    services.change_settings(alice, {"new_a_day": 2})
    cards = [added(alices_phone, word=f"word {number}") for number in range(4)]

    assert words_of(alices_phone.get(f"{ADDRESS}due/")) == ["word 0", "word 1"]
    rated(alices_phone, cards[0], 4)
    assert words_of(alices_phone.get(f"{ADDRESS}due/")) == ["word 1"]
    alices_phone.post(f"{ADDRESS}{cards[0]['id']}/undo/")
    assert words_of(alices_phone.get(f"{ADDRESS}due/")) == ["word 0", "word 1"]


def test_days_are_those_of_the_learners_zone(alice, alices_phone, now):
    card = added(alices_phone)
    rated(alices_phone, card, 4)
    due = Card.objects.get().due_at  # at 22:30 UTC, the next day in Tokyo already
    for zone, hour, coming in (("UTC", 1, True), ("America/New_York", 1, False)):
        alice.time_zone = zone
        alice.save()
        now.move_to(due.replace(hour=hour, minute=0))
        assert bool(words_of(alices_phone.get(f"{ADDRESS}due/"))) is coming, zone


def test_short_steps_come_at_their_minute_and_before_the_rest(alices_phone, now):
    first = added(alices_phone)
    added(alices_phone, word="la pera")
    rated(alices_phone, first, 1)
    assert words_of(alices_phone.get(f"{ADDRESS}due/")) == ["la pera"]
    now.shift(timedelta(minutes=2))
    assert words_of(alices_phone.get(f"{ADDRESS}due/")) == ["la manzana", "la pera"]


def test_list_is_filtered(alices_phone):
    apple = added(alices_phone)
    added(alices_phone, word="la gare", language="French", meaning="the station")
    rated(alices_phone, apple, 4)

    def words(query: str) -> list[str]:
        return words_of(alices_phone.get(f"{ADDRESS}?{query}"))

    assert words("") == ["la gare", "la manzana"]
    assert words("language=es") == ["la manzana"]
    assert words("state=review") == ["la manzana"]
    assert words("search=apple") == ["la manzana"]
    assert words("due=true") == ["la gare"]
    assert words("due=false") == ["la manzana"]
    assert words("ordering=word") == ["la gare", "la manzana"]
    assert alices_phone.get(f"{ADDRESS}?state=nonsense").status_code == 400


def test_changes_since_a_moment_come_with_what_is_left_of_deleted_ones(alices_phone):
    kept, gone = added(alices_phone), added(alices_phone, word="la pera")
    assert alices_phone.delete(f"{ADDRESS}{gone['id']}/").status_code == 204

    since = alices_phone.get(f"{ADDRESS}?updated_after=2000-01-01").json()["results"]

    assert [each["id"] for each in since] == [kept["id"], gone["id"]]
    assert since[1] == {"id": gone["id"], "deleted_at": "2026-11-21T22:30:00Z"}
    assert DeletedCard.objects.count() == 1


@pytest.mark.parametrize("call", ["", "review/", "undo/", "audio/"])
def test_word_of_another_is_not_there(alices_phone, charlies_phone, call):
    card = added(alices_phone)
    address = f"{ADDRESS}{card['id']}/{call}"
    asked = (
        charlies_phone.post(address, {"rating": 3}, format="json")
        if call in ("review/", "undo/")
        else charlies_phone.get(address)
    )
    assert asked.status_code == 404
    assert words_of(charlies_phone.get(ADDRESS)) == []


def test_sound_is_kept_played_by_range_and_deleted_with_its_word(
    alices_phone, charlies_phone, media_of_its_own, django_capture_on_commit_callbacks
):
    sent = APPLE | {"audio": SimpleUploadedFile("../../manzana.exe", WAV)}
    card = alices_phone.post(ADDRESS, sent, format="multipart").json()
    address = f"{ADDRESS}{card['id']}/audio/"
    assert card["audio"].endswith(address)

    answer = alices_phone.get(address, headers={"Range": "bytes=0-3"})
    assert (answer.status_code, answer["Content-Type"]) == (206, "audio/wav")
    assert b"".join(answer.streaming_content) == b"RIFF"
    assert charlies_phone.get(address).status_code == 404

    with django_capture_on_commit_callbacks(execute=True):
        alices_phone.delete(f"{ADDRESS}{card['id']}/")
    assert [file for file in media_of_its_own.rglob("*") if file.is_file()] == []


def test_sound_of_a_word_that_is_there_already_is_not_kept(alices_phone, media_of_its_own):
    for status in (201, 409):
        sent = APPLE | {"audio": SimpleUploadedFile("word.wav", WAV)}
        assert alices_phone.post(ADDRESS, sent, format="multipart").status_code == status
    assert len([each for each in media_of_its_own.rglob("*") if each.is_file()]) == 1


@pytest.mark.parametrize("content", [b"<html><script>", b"GIF89a" + bytes(20), b"MZ" + bytes(20)])
def test_file_that_is_no_sound_is_refused(alices_phone, content):
    sent = APPLE | {"audio": SimpleUploadedFile("word.wav", content)}
    answer = alices_phone.post(ADDRESS, sent, format="multipart")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "no_sound")


def test_settings_are_kept_within_what_makes_sense(alices_phone):
    address = f"{ADDRESS}settings/"
    usual = {"new_a_day": 20, "reviews_a_day": 200, "desired_retention": 0.9}
    assert alices_phone.get(address).json() == usual
    kept = alices_phone.patch(address, {"new_a_day": 5}, format="json").json()
    assert kept == alices_phone.get(address).json() == usual | {"new_a_day": 5}
    for wrong in ({"new_a_day": -1}, {"desired_retention": 0.99}, {"desired_retention": "NaN"}):
        assert alices_phone.patch(address, wrong, format="json").status_code == 400


def test_statistics_count_what_happened(alice, alices_phone, now):
    apple, pear = added(alices_phone), added(alices_phone, word="la pera")
    added(alices_phone, word="la uva")
    rated(alices_phone, apple, 4)
    rated(alices_phone, pear, 4)
    now.shift(timedelta(days=10))
    rated(alices_phone, apple, 3)
    rated(alices_phone, pear, 1)
    undone = rated(alices_phone, apple, 1)["review"]["review_id"]
    alices_phone.post(f"{ADDRESS}{apple['id']}/undo/", {"review_id": undone}, format="json")

    found = alices_phone.get(f"{ADDRESS}stats/").json()

    assert found["by_state"] == {"new": 1, "learning": 0, "review": 1, "relearning": 1}
    assert found["retention"] == {"days": 30, "asked": 2, "remembered": 1, "share": 0.5}
    assert found["reviews"][-1] == {"date": "2026-12-01", "reviews": 2, "again": 1}
    assert found["reviews"][-11]["reviews"] == 2
    assert (len(found["reviews"]), len(found["forecast"])) == (30, 14)
    assert found["forecast"][0] == {"date": "2026-12-01", "due": 1}
    assert alices_phone.get(f"{ADDRESS}stats/?language=fr").json()["total"] == 0


def test_mastered_words_are_those_kept_for_three_weeks(alice, alices_phone):
    card = services.meet(alice, language="es", word="sí")
    Card.objects.filter(pk=card.pk).update(state="review", stability=21, due_at=NOW)
    assert alices_phone.get(f"{ADDRESS}stats/").json()["mastered"] == 1


def test_lists_cost_the_same_for_one_and_for_many(
    alice, alices_phone, django_assert_max_num_queries
):
    Card.objects.bulk_create(
        Card(user=alice, language="es", language_code="es", word=f"w{n}", word_key=f"w{n}")
        for n in range(60)
    )
    for call, most in (("", 4), ("due/", 8), ("stats/", 14), ("export.csv", 3)):
        alices_phone.get(f"{ADDRESS}{call}")
        with django_assert_max_num_queries(most):
            assert alices_phone.get(f"{ADDRESS}{call}").status_code == 200


def test_words_are_imported_and_wrong_rows_named(alices_phone):
    added(alices_phone)
    table = "Front;Back;Language\nla pera;pear;\n;nothing;\nLA MANZANA;apple;es\nla gare;;fr\n"

    answer = alices_phone.post(
        f"{ADDRESS}import/",
        {"file": io.BytesIO(table.encode()), "language": "es"},
        format="multipart",
    )

    assert answer.json() == {
        "form": "csv",
        "added": 2,
        "known": 1,
        "refused": 1,
        "errors": [{"line": 3, "detail": "The word is missing."}],
    }
    assert words_of(alices_phone.get(f"{ADDRESS}?language=fr")) == ["la gare"]


def test_export_is_taken_in_again_with_its_schedules(alices_phone, bob):
    card = added(alices_phone, sentence='"Dos", dijo.\n=1+1', meaning="=SUM(A1)")
    rated(alices_phone, card, 4)
    file = alices_phone.get(f"{ADDRESS}export.csv")
    assert file["Content-Disposition"] == 'attachment; filename="vocabulary.csv"'
    assert b"'=SUM(A1)" in file.content

    bobs = api_client_of(bob)
    bobs.post(f"{ADDRESS}import/", {"file": io.BytesIO(file.content)}, format="multipart")

    mine, his = (phone.get(ADDRESS).json()["results"][0] for phone in (alices_phone, bobs))
    for name in ("id", "created_at", "updated_at"):
        mine.pop(name), his.pop(name)
    assert his == mine


def test_file_that_holds_no_words_is_refused_saying_why(alices_phone):
    for content, code in (
        (b"a,b\n1,2\n", "no_columns"),
        (b"\xff\xfe\x00", "encoding"),
        (b"PK\x03\x04 nothing", "invalid"),
    ):
        answer = alices_phone.post(
            f"{ADDRESS}import/", {"file": io.BytesIO(content)}, format="multipart"
        )
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, code)
