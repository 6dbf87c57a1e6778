"""Corrections by a grammar server: a local one that speaks LanguageTool's protocol."""

import pytest

from conversations import answering
from engines.language_services import ServiceOptions
from engines.tests.language_service_server import language_service_server, says

# No rule of our own sees what is wrong here.
SAID = "Nobody in my family have soup with tomato"


@pytest.fixture
def checker(settings):
    with language_service_server() as server:
        settings.GRAMMAR_CHECKERS = [
            ServiceOptions("languagetool", base_url=server.address, timeout=1.0, retries=0)
        ]
        yield server


def test_what_our_rules_let_pass_is_corrected_by_the_grammar_server(talk, checker):
    found = answering.answer(talk, SAID, [])

    assert found.corrections == [
        {
            "said": "have",
            "better": "has",
            "why": "The pronoun ‘She’ takes “has”.",
            "rule": "HE_VERB_AGR",
        }
    ]


def test_a_turn_that_our_rules_correct_is_sent_nowhere(talk, checker):
    found = answering.answer(talk, "My brother she have it too", [])

    assert [each["better"] for each in found.corrections] == ["she has"]
    assert checker.requests == []


def test_a_turn_is_answered_without_a_grammar_server_that_fails(talk, checker):
    checker.faults = [says(500)]

    found = answering.answer(talk, SAID, [])

    assert found.text
    assert found.corrections == []
