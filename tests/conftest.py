"""What the tests of the whole product share: recordings of real speech, and a running product."""

import io
import wave

import pytest
from django.db import connection

from tests.stack import ROOT, free_port, running_stack
from verbalcoach import samples


@pytest.fixture
def connection_stays_open(db, monkeypatch) -> None:
    """Requests are answered inside the test's transaction: their end must not end it."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


@pytest.fixture(scope="session")
def spoken() -> bytes:
    """Half a minute of spontaneous speech with fillers in it, as a wav file."""
    try:
        return samples.recordings(ROOT / "var" / "samples")[0][1]
    except samples.NoRecordings as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def spoken_at_length(spoken) -> bytes:
    """More than a minute of speech: long enough to be interrupted in the middle."""
    with wave.open(io.BytesIO(spoken)) as short:
        parameters, frames = short.getparams(), short.readframes(short.getnframes())
    long = io.BytesIO()
    with wave.open(long, "wb") as file:
        file.setparams(parameters)
        file.writeframes(frames * 3)
    return long.getvalue()


@pytest.fixture(scope="session")
def stack(tmp_path_factory, django_db_setup):
    """A running product of the tests' own, shared by all that leave it as it was."""
    folder = tmp_path_factory.mktemp("stack")
    with running_stack(folder, django_db_setup, **_another_site()) as stack:
        yield stack


def _another_site() -> dict[str, str]:
    """The settings that let people sign in with a provider; a test starts it at its address."""
    return {
        "OIDC_URL": f"http://127.0.0.1:{free_port()}",
        "OIDC_CLIENT_ID": "verbalcoach",
        "OIDC_CLIENT_SECRET": "a secret",
        "OIDC_NAME": "Company login",
    }


@pytest.fixture(autouse=True)
def complete_stack(request) -> None:
    """Whoever does not only look has the whole product."""
    group = request.node.get_closest_marker("xdist_group")
    if "stack" in request.fixturenames and (group is None or group.args != ("looking",)):
        request.getfixturevalue("stack").complete()
