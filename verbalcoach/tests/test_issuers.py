"""Whose tokens are taken is read from the environment, and half a setting is named."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from verbalcoach import environment

SECRET = "x" * 32


@pytest.fixture
def set_up(monkeypatch):
    for name in ("SUPABASE_URL", "SUPABASE_JWT_SECRET", "EXTERNAL_ISSUER"):
        monkeypatch.delenv(name, raising=False)

    def set_up(**values: str) -> list[dict[str, str]]:
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return environment.issuers()

    return set_up


def test_nobodys_tokens_are_taken_unless_set_up(set_up):
    assert set_up() == []


def test_supabase_project_is_set_up_by_its_address(set_up):
    assert set_up(SUPABASE_URL="https://p.supabase.co/", SUPABASE_JWT_SECRET=SECRET) == [
        {
            "issuer": "https://p.supabase.co/auth/v1",
            "audience": "authenticated",
            "secret": SECRET,
            "jwks_url": "https://p.supabase.co/auth/v1/.well-known/jwks.json",
        }
    ]


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"SUPABASE_JWT_SECRET": SECRET}, "SUPABASE_URL"),
        ({"SUPABASE_URL": "http://p.supabase.co"}, "SUPABASE_URL"),
        ({"SUPABASE_URL": "https://p.supabase.co", "SUPABASE_JWT_SECRET": "short"}, "32"),
        ({"EXTERNAL_ISSUER": "https://issuer.example.org"}, "EXTERNAL_AUDIENCE"),
        ({"EXTERNAL_ISSUER": "https://i.example.org", "EXTERNAL_AUDIENCE": "us"}, "JWKS_URL"),
        (
            {
                "EXTERNAL_ISSUER": "https://i.example.org",
                "EXTERNAL_AUDIENCE": "us",
                "EXTERNAL_JWKS_URL": "http://i.example.org/jwks.json",
            },
            "EXTERNAL_JWKS_URL",
        ),
    ],
)
def test_half_a_setting_is_refused_by_name(set_up, values, named):
    with pytest.raises(ImproperlyConfigured, match=named):
        set_up(**values)


def test_any_other_issuer_is_set_up_by_name(set_up):
    found = set_up(
        EXTERNAL_ISSUER="https://i.example.org",
        EXTERNAL_AUDIENCE="us",
        EXTERNAL_JWKS_URL="http://127.0.0.1:8000/jwks.json",
    )

    assert [each["issuer"] for each in found] == ["https://i.example.org"]
