"""The cast of the tests: alice owns what the story is about, bob is her coach, charlie a stranger."""

from pathlib import Path

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import DeviceToken, User

SHARED = Path(__file__).resolve().parent.parent / "shared"
PASSWORD = "a quiet morning in May"


@pytest.fixture(autouse=True)
def media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def alice(db) -> User:
    return User.objects.create_user("alice@example.org", PASSWORD, name="Alice Archer")


@pytest.fixture
def bob(db) -> User:
    return User.objects.create_user("bob@example.org", PASSWORD, name="Bob Baker", role="teacher")


@pytest.fixture
def charlie(db) -> User:
    return User.objects.create_user("charlie@example.org", PASSWORD, name="Charlie Chandler")


@pytest.fixture
def alices_browser(alice) -> Client:
    client = Client()
    client.force_login(alice)
    return client


@pytest.fixture
def charlies_browser(charlie) -> Client:
    client = Client()
    client.force_login(charlie)
    return client


def api_client_of(user: User) -> APIClient:
    """A client that speaks for `user` with a device token."""
    _, token = DeviceToken.objects.create(user=user, name="test")
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
    return client


@pytest.fixture
def alices_phone(alice) -> APIClient:
    return api_client_of(alice)


@pytest.fixture
def charlies_phone(charlie) -> APIClient:
    return api_client_of(charlie)


@pytest.fixture(scope="session")
def shared_recordings() -> Path:
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("the labelled recordings (../shared/data) are not on this machine")
    return folder
