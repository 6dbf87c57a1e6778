"""The real services, asked only where the environment of the tests holds a key for them."""

import os

import pytest

from engines.language_models import LanguageModelOptions, make
from engines.tests.test_language_models import REQUEST
from verbalcoach.language_models import ANTHROPIC_MODEL, OPENAI_MODEL


@pytest.mark.parametrize(
    ("provider", "model", "key"),
    [
        ("anthropic", ANTHROPIC_MODEL, "ANTHROPIC_API_KEY"),
        ("openai", OPENAI_MODEL, "OPENAI_API_KEY"),
    ],
)
def test_real_service_answers_with_an_object_of_the_schema(provider, model, key):
    if not os.environ.get(key):
        pytest.skip(f"{key} is not set")
    answer = make(LanguageModelOptions(provider, model, os.environ[key])).ask(REQUEST, seconds=60)
    assert set(answer.data) == {"focus"}
    assert answer.output_tokens > 0
