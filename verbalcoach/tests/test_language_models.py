"""Which language models are set up, by the environment."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from verbalcoach import language_models

NAMES = (
    *("LLM_PROVIDERS", "LLM_BASE_URL", "LLM_MODEL", "LLM_API_KEY", "LLM_TIMEOUT", "LLM_RETRIES"),
    *("ANTHROPIC_API_KEY", "ANTHROPIC_MODEL", "OPENAI_API_KEY", "OPENAI_MODEL"),
)


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def set_up(environment, **values):
    for name, value in values.items():
        environment.setenv(name, value)
    return [(model.provider, model.model) for model in language_models.from_environment()]


def test_without_a_key_nobody_is_set_up(environment):
    assert set_up(environment) == []


def test_models_are_asked_in_the_order_of_the_contract(environment):
    assert set_up(
        environment,
        OPENAI_API_KEY="k",
        ANTHROPIC_API_KEY="k",
        LLM_BASE_URL="http://localhost:11434/v1",
        LLM_MODEL="llama3.2",
    ) == [
        ("anthropic", "claude-haiku-5-5"),
        ("openai", "gpt-6-luna"),
        ("compatible", "llama3.2"),
    ]


def test_order_and_models_are_changed_by_settings(environment):
    assert set_up(
        environment,
        OPENAI_API_KEY="k",
        OPENAI_MODEL="gpt-5.4-mini",
        ANTHROPIC_API_KEY="k",
        LLM_PROVIDERS="openai, anthropic",
    ) == [("openai", "gpt-5.4-mini"), ("anthropic", "claude-haiku-5-5")]


def test_after_local_nobody_is_asked(environment):
    assert set_up(environment, ANTHROPIC_API_KEY="k", LLM_PROVIDERS="local,anthropic") == []


def test_time_and_tries_are_set_for_all(environment):
    environment.setenv("LLM_TIMEOUT", "7")
    environment.setenv("LLM_RETRIES", "0")
    environment.setenv("ANTHROPIC_API_KEY", "k")
    (model,) = language_models.from_environment()
    assert (model.timeout, model.retries) == (7, 0)


def test_key_of_a_compatible_server_alone_sets_up_nothing(environment):
    assert set_up(environment, LLM_API_KEY="k") == []


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"LLM_PROVIDERS": "anthropic,claude"}, "LLM_PROVIDERS names 'claude'"),
        ({"LLM_BASE_URL": "http://localhost:11434/v1"}, "LLM_MODEL names no model"),
        ({"LLM_TIMEOUT": "soon"}, "LLM_TIMEOUT must be a whole number"),
    ],
)
def test_wrong_setting_is_named(environment, values, named):
    with pytest.raises(ImproperlyConfigured, match=named):
        set_up(environment, **values)
