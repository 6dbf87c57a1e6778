"""Lines of a talk in one's own language, by a server that speaks LibreTranslate's protocol."""

import pytest
from django.core.cache import cache

from conversations.tests.conftest import started
from engines.language_services import ServiceOptions
from engines.tests.language_service_server import language_service_server, says

URL = "/api/v1/conversations/translate/"
LINE = {"text": "¿Qué le pongo hoy?", "source": "Spanish", "target": "en"}


@pytest.fixture
def translator(settings, valkey):
    cache.clear()
    with language_service_server() as server:
        settings.TRANSLATORS = [
            ServiceOptions("libretranslate", base_url=server.address, retries=0)
        ]
        yield server


def test_a_line_is_translated_and_says_by_whom(alices_phone, translator):
    answer = alices_phone.post(URL, LINE)

    assert answer.status_code == 200
    assert answer.json() == {
        "text": "¿Qué le pongo hoy? (es>en)",
        "service": "LibreTranslate at 127.0.0.1",
        "leaves_machine": False,
    }


def test_the_same_line_is_asked_for_once_a_day(alices_phone, translator):
    for _ in range(2):
        assert alices_phone.post(URL, LINE).status_code == 200

    assert len(translator.requests) == 1


def test_a_line_is_translated_into_the_native_language_unless_another_is_named(
    alices_phone, alice, translator
):
    alice.native_language = "Deutsch"
    alice.save()

    answer = alices_phone.post(URL, {"text": "Good morning"})

    assert answer.json()["text"] == "Good morning (auto>de)"


def test_a_learner_without_a_native_language_is_asked_into_which(alices_phone, alice, translator):
    alice.native_language = ""
    alice.save()

    answer = alices_phone.post(URL, {"text": "Good morning"})

    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "target")


def test_an_installation_without_a_translator_says_so(alices_phone, settings):
    alices_phone.raise_request_exception = False
    settings.TRANSLATORS = []

    answer = alices_phone.post(URL, LINE)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (503, "no_translator")
    assert "set up" in answer.json()["detail"]


def test_a_translator_that_is_down_is_told_and_asked_again_next_time(alices_phone, translator):
    alices_phone.raise_request_exception = False
    translator.faults = [says(500)]

    assert "Try again" in alices_phone.post(URL, LINE).json()["detail"]
    assert alices_phone.post(URL, LINE).status_code == 200


@pytest.mark.parametrize("sent", [{}, {"text": ""}, {"text": "x" * 2001}])
def test_what_is_no_line_is_refused_at_its_field(alices_phone, translator, sent):
    answer = alices_phone.post(URL, LINE | {"text": None} | sent)

    assert (answer.status_code, answer.json()["errors"][0]["attr"]) == (400, "text")


@pytest.mark.parametrize(
    ("native_language", "offers"), [("de", True), ("", True), ("Spanish", False)]
)
def test_lines_offer_a_translation_into_another_language_only(
    alices_browser, alice, translator, native_language, offers
):
    alice.native_language = native_language
    alice.save()
    talk = started(alice, target_language="es", scenario="market-fruit")

    page = alices_browser.get(f"/conversations/live/{talk.pk}/").text

    assert ('data-act="translate"' in page) is offers


def test_lines_offer_no_translation_where_nobody_translates(alices_browser, alice, settings):
    settings.TRANSLATORS = []

    page = alices_browser.get(f"/conversations/live/{started(alice).pk}/").text

    assert 'data-act="translate"' not in page
