"""The addresses of practice, and a sequence to practise."""

import pytest

from practice.models import Sequence

PRACTICE = "/api/v1/practice/"
SESSIONS = f"{PRACTICE}sessions/"


@pytest.fixture
def sequence(db) -> Sequence:
    return Sequence.objects.get(name="interview-round")


@pytest.fixture
def started(alices_phone) -> int:
    return alices_phone.post(f"{SESSIONS}start/").json()["session_id"]
