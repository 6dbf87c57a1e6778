"""Words in a dictionary: a local server that speaks the Free Dictionary's protocol."""

import pytest

from engines.language_services import ServiceOptions
from engines.tests.language_service_server import language_service_server, says
from flashcards.models import Card

URL = "/api/v1/vocabulary/look-up/"
HARBOUR = {"word": "harbour", "language": "English"}


@pytest.fixture
def dictionary(settings):
    with language_service_server() as server:
        settings.DICTIONARIES = [
            ServiceOptions("dictionaryapi", base_url=server.address, retries=0)
        ]
        yield server


@pytest.fixture
def phone(alices_phone):
    alices_phone.raise_request_exception = False
    return alices_phone


def test_a_word_is_looked_up_with_its_source_and_licence(phone, dictionary):
    answer = phone.get(URL, HARBOUR)

    assert answer.status_code == 200
    told = answer.json()
    assert told["senses"][0]["definition"].startswith("A sheltered expanse")
    assert (told["licence"], told["leaves_machine"]) == ("CC BY-SA 3.0", False)
    assert told["source"].endswith("/harbour")


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"word": "harbuor"}, 404, "word_unknown"),
        ({"word": ""}, 400, "blank"),
        ({"language": "x" * 36}, 400, "max_length"),
    ],
)
def test_what_cannot_be_looked_up_is_told(phone, dictionary, asked, status, code):
    answer = phone.get(URL, HARBOUR | asked)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code)


def test_a_dictionary_that_is_down_or_absent_is_told_apart(phone, dictionary, settings):
    dictionary.faults = [says(500)]
    assert "Try again" in phone.get(URL, HARBOUR).json()["detail"]

    settings.DICTIONARIES = []
    assert "set up" in phone.get(URL, HARBOUR).json()["detail"]


def test_a_form_is_filled_from_the_dictionary_and_nothing_is_stored(alices_browser, dictionary):
    sent = {"word": "harbour", "language": "en", "look_up": "yes"}

    page = alices_browser.post("/vocabulary/new/", sent).text

    assert 'value="A sheltered expanse of water where ships may anchor."' in page
    assert "A harbour, even if it is a little harbour, is a good thing." in page
    assert "CC BY-SA 3.0" in page
    assert not Card.objects.exists()


def test_what_was_written_is_kept_when_a_word_is_looked_up(alices_browser, dictionary):
    sent = {"word": "harbour", "language": "en", "meaning": "Hafen", "look_up": "yes"}

    assert 'value="Hafen"' in alices_browser.post("/vocabulary/new/", sent).text


def test_a_word_that_is_not_found_says_so_beside_it(alices_browser, dictionary):
    sent = {"word": "harbuor", "language": "en", "look_up": "yes"}

    assert "does not have this word" in alices_browser.post("/vocabulary/new/", sent).text


def test_no_dictionary_is_offered_where_none_is_set_up(alices_browser, settings):
    settings.DICTIONARIES = []

    assert 'name="look_up"' not in alices_browser.get("/vocabulary/new/").text
