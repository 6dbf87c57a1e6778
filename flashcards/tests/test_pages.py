"""The pages of vocabulary."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from flashcards import services
from flashcards.models import Card, Review

PAGES = "/vocabulary/"
NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def apple(alice) -> Card:
    return services.meet(
        alice, language="es", word="la manzana", meaning="the apple", sentence="Dos manzanas."
    )


def rate(browser, rating: int):
    page = browser.get(f"{PAGES}review/")
    sent = {
        "word": page.context["card"].pk,
        "review_id": page.context["review_id"],
        "rating": rating,
    }
    return browser.post(f"{PAGES}review/", sent, follow=True), sent


def test_word_is_shown_rated_and_taken_back(alices_browser, apple):
    page = alices_browser.get(f"{PAGES}review/").text
    assert "la manzana" in page
    assert "1 word left" in page
    assert all(each in page for each in ("1 min", "10 min", "8 days"))

    done, _ = rate(alices_browser, 4)
    assert "Nothing more is due today." in done.text

    again = alices_browser.post(f"{PAGES}review/undo/", follow=True)
    assert "la manzana" in again.text
    assert Card.objects.get().state == "new"
    alices_browser.post(f"{PAGES}review/undo/", follow=True)
    assert Review.objects.count() == 1


def test_answer_sent_twice_counts_once(alices_browser, apple):
    _, sent = rate(alices_browser, 3)
    for rating in (3, 1):
        alices_browser.post(f"{PAGES}review/", sent | {"rating": rating})
    assert [each.rating for each in Review.objects.all()] == [3]


def test_review_says_when_the_next_word_comes_back(alices_browser, apple):
    done, _ = rate(alices_browser, 1)
    assert "The next word comes back at 10:01." in done.text


def test_word_of_another_is_neither_shown_nor_rated(charlies_browser, apple):
    assert "la manzana" not in charlies_browser.get(f"{PAGES}review/?word={apple.pk}").text
    sent = {"word": apple.pk, "review_id": "a", "rating": 3}
    assert charlies_browser.post(f"{PAGES}review/", sent).status_code == 404
    for page in ("", "delete/", "audio/"):
        assert charlies_browser.get(f"{PAGES}{apple.pk}/{page}").status_code == 404


def test_list_is_filtered_and_costs_the_same_for_many(
    alice, alices_browser, apple, django_assert_max_num_queries
):
    for number in range(60):
        services.meet(alice, language="fr", word=f"mot {number}")

    def shown(query: str) -> int:
        return alices_browser.get(f"{PAGES}?{query}").context["page_obj"].paginator.count

    assert (shown(""), shown("language=es"), shown("search=apple"), shown("state=review")) == (
        61,
        1,
        1,
        0,
    )
    assert "No word matches." in alices_browser.get(f"{PAGES}?search=nothing").text
    with django_assert_max_num_queries(9):
        assert "Review 20 words" in alices_browser.get(PAGES).text


def test_word_is_added_changed_and_deleted(alice, alices_browser):
    told = {"word": "la pera", "language": "es", "meaning": "pear"}
    alices_browser.post(f"{PAGES}new/", told)
    again = alices_browser.post(f"{PAGES}new/", told)
    assert again.status_code == 400
    assert "You have “la pera” already." in again.text

    card = Card.objects.get()
    alices_browser.post(f"{PAGES}{card.pk}/", told | {"meaning": "the pear"})
    assert Card.objects.get().meaning == "the pear"
    alices_browser.post(f"{PAGES}{card.pk}/delete/")
    assert not Card.objects.exists()


def test_name_of_a_language_stays_as_it_was_written(alice, alices_browser):
    card = services.meet(alice, language="Klingon", word="nuqneH")
    page = alices_browser.get(f"{PAGES}{card.pk}/").context["form"]
    sent = {"word": "nuqneH", "language": page["language"].value(), "meaning": "What do you want?"}
    alices_browser.post(f"{PAGES}{card.pk}/", sent)
    card.refresh_from_db()
    assert (card.language, card.meaning) == ("Klingon", "What do you want?")


def test_file_is_imported_and_wrong_rows_are_shown(alices_browser, apple):
    file = io.BytesIO(b"word,meaning\nuva,grape\n,nothing\nLa manzana,x\n")
    file.name = "words.csv"
    page = alices_browser.post(f"{PAGES}import/", {"file": file, "language": "es"}).text
    assert "1 word is added. 1 you had already stays as it is. 1 row was no word." in page
    assert "The word is missing." in page
    assert Card.objects.get(word="uva").meaning == "grape"


def test_file_without_words_is_refused_with_what_to_do(alices_browser):
    file = io.BytesIO(b"1,2\n3,4\n")
    file.name = "words.csv"
    page = alices_browser.post(f"{PAGES}import/", {"file": file, "language": "es"})
    assert page.status_code == 400
    assert "The first line must name the columns" in page.text


@pytest.mark.parametrize("name", ["csv", "txt"])
def test_words_are_downloaded(alices_browser, apple, name):
    answer = alices_browser.get(f"{PAGES}export.{name}")
    assert "attachment" in answer["Content-Disposition"]
    assert "la manzana" in answer.text


def test_limits_are_kept(alice, alices_browser):
    told = {"new_a_day": 3, "reviews_a_day": 50, "desired_retention": "0.85"}
    alices_browser.post(f"{PAGES}settings/", told)
    kept = alice.vocabulary_settings
    assert (kept.new_a_day, kept.reviews_a_day, kept.desired_retention) == (3, 50, 0.85)


def test_statistics_add_up(alices_browser, apple, now):
    rate(alices_browser, 4)
    now.shift(timedelta(days=9))
    rate(alices_browser, 3)

    page = alices_browser.get(f"{PAGES}statistics/").text

    assert "1 of 1 learned word that came" in page
    assert "2 in all, 1 on the busiest day" in page


@pytest.mark.parametrize("page", ["", "review/", "statistics/", "import/", "new/", "settings/"])
def test_empty_page_teaches(alices_browser, page):
    assert alices_browser.get(f"{PAGES}{page}").status_code == 200


def test_today_shows_the_words_that_are_due(alices_browser, alice):
    assert "Words due today" not in alices_browser.get("/today/").text
    for number in range(12):
        services.meet(alice, language="es", word=f"palabra {number}")
    page = alices_browser.get("/today/").text
    assert "Words due today" in page
    assert "about 3 minutes" in page
