"""Translation, dictionary and grammar, asked of a local server that speaks their protocols."""

import json

import pytest

from engines.language_services import LanguageServiceError, ServiceOptions, in_turn
from engines.tests.language_service_server import (
    DEEPL_KEY,
    cut,
    language_service_server,
    says,
    slow,
)


@pytest.fixture
def server():
    with language_service_server() as running:
        yield running


@pytest.fixture
def deepl(server):
    return ServiceOptions("deepl", api_key=DEEPL_KEY, base_url=server.address, timeout=0.5)


@pytest.fixture
def libretranslate(server):
    return ServiceOptions("libretranslate", base_url=server.address, timeout=0.5)


@pytest.fixture
def languagetool(server):
    return ServiceOptions("languagetool", base_url=server.address, timeout=0.5)


@pytest.fixture
def dictionary(server):
    return ServiceOptions("dictionaryapi", base_url=server.address, timeout=0.5)


def translated(services, text="Good morning", target="es", source="en"):
    return in_turn.translate(services, text, source=source, target=target, seconds=5)


def test_deepl_translates_and_is_told_the_languages_as_it_wants_them(deepl, server):
    told = translated([deepl], target="en")

    assert (told.answer, told.leaves_machine) == ("Good morning [EN-GB]", False)
    assert json.loads(server.requests[0][2])["source_lang"] == "EN"


def test_a_region_that_deepl_knows_is_kept(deepl):
    assert translated([deepl], target="pt-BR").answer == "Good morning [PT-BR]"


def test_libretranslate_finds_the_language_out_where_none_is_named(libretranslate):
    assert translated([libretranslate], source=None).answer == "Good morning (auto>es)"


@pytest.mark.parametrize(
    "faults",
    [
        [says(500), says(500)],
        [cut, cut],
        [slow(0.8), slow(0.8)],
        [says(200, b"<html>a gateway</html>")] * 2,
        [says(200, b'{"translations": []}')] * 2,
        [says(429, headers={"Retry-After": "0"})] * 2,
    ],
    ids=["broken", "cut", "slow", "no JSON", "not as agreed", "too many"],
)
def test_the_next_service_translates_when_the_first_fails(deepl, libretranslate, server, faults):
    server.faults = list(faults)

    told = translated([deepl, libretranslate])

    assert told.answer == "Good morning (en>es)"
    assert told.service.startswith("LibreTranslate")


def test_a_service_is_asked_again_after_what_heals(deepl, server):
    server.faults = [says(429, headers={"Retry-After": "0"})]

    assert translated([deepl]).answer == "Good morning [ES]"


def test_a_wrong_key_is_told_at_once_and_not_tried_again(server):
    wrong = ServiceOptions("deepl", api_key="stolen:fx", base_url=server.address)

    with pytest.raises(LanguageServiceError, match="Wrong key") as failure:
        translated([wrong])

    assert (failure.value.code, failure.value.permanent) == ("engine_refused", True)
    assert len(server.requests) == 1


def test_a_language_that_nobody_knows_is_refused_with_the_services_own_words(deepl):
    with pytest.raises(LanguageServiceError, match="not supported") as failure:
        translated([deepl], target="tlh")

    assert failure.value.code == "request_refused"


def test_nobody_is_asked_where_no_service_is_set_up():
    with pytest.raises(LanguageServiceError, match="No such service") as failure:
        translated([])

    assert failure.value.permanent


def test_the_dictionary_tells_senses_with_their_source_and_licence(dictionary):
    entry = in_turn.look_up([dictionary], "harbour", language="en", seconds=5).answer

    assert [sense.part_of_speech for sense in entry.senses] == ["noun", "noun", "verb"]
    assert entry.senses[0].example.startswith("A harbour")
    assert (entry.pronunciation, entry.licence) == ("/ˈhɑːbə/", "CC BY-SA 3.0")
    assert entry.source == "https://en.wiktionary.org/wiki/harbour"


def test_what_is_no_address_of_the_web_is_no_source(dictionary, server):
    entry = [{"word": "x", "meanings": [], "sourceUrls": ["javascript:alert(1)"]}]
    server.faults = [says(200, json.dumps(entry).encode())]

    assert in_turn.look_up([dictionary], "x", language="en", seconds=5).answer.source == ""


def test_a_word_that_is_in_no_dictionary_never_makes_the_service_rest(dictionary):
    for _ in range(4):
        with pytest.raises(LanguageServiceError) as failure:
            in_turn.look_up([dictionary], "harbuor", language="en", seconds=5)
        assert failure.value.code == "word_unknown"


def test_grammar_hits_stand_where_the_words_stand_even_after_an_emoji(languagetool):
    text = "🍎 She have three apples."

    [hit] = in_turn.check_grammar([languagetool], text, language="en", seconds=5).answer

    assert (text[hit.start : hit.end], hit.better) == ("have", ("has",))
    assert (hit.rule, hit.kind) == ("HE_VERB_AGR", "grammar")


def test_grammar_in_a_language_that_the_server_does_not_know_is_told_so(languagetool):
    with pytest.raises(LanguageServiceError) as failure:
        in_turn.check_grammar([languagetool], "wo' have", language="tlh", seconds=5)

    assert (failure.value.code, failure.value.permanent) == ("language_unknown", True)


def test_a_service_that_keeps_failing_is_left_alone_for_a_while(libretranslate, server):
    server.faults = [says(503)] * 8
    for _ in range(3):
        with pytest.raises(LanguageServiceError):
            translated([libretranslate])
    asked = len(server.requests)

    with pytest.raises(LanguageServiceError) as failure:
        translated([libretranslate])

    assert (failure.value.code, len(server.requests)) == ("engine_resting", asked)


@pytest.mark.parametrize("provider", ["deepl", "libretranslate", "languagetool"])
def test_a_service_without_its_key_or_address_says_what_it_needs(provider):
    with pytest.raises(LanguageServiceError, match="needs"):
        translated([ServiceOptions(provider)])
