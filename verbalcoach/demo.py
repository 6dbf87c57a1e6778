"""The demo account: one person on this machine whose recordings show what a report looks like.

It exists only with DEBUG on and only while the server listens on this machine alone. Its password
is random and kept in `var/demo.json`, readable by the owner of the checkout. Its recordings are
real, and the workers analyse them like anybody's.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _

from accounts.models import User
from speech_sessions.services import submit_recording
from verbalcoach import samples

EMAIL = "demo@example.org"


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
        new = _file().with_suffix(".new")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(asdict(self), file)
        new.replace(_file())


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


def address() -> str:
    """The demo account's address where somebody can sign in with it, else nothing."""
    open_to_visitors = settings.DEBUG and bool(Account.read().password)
    return EMAIL if open_to_visitors else ""


def notice(user: Any) -> str:
    """What the demo person's pages must say about missing recordings; usually nothing."""
    if not settings.DEBUG or getattr(user, "email", "") != EMAIL or not Account.read().problem:
        return ""
    return _(
        "The sample recordings could not be fetched, so there is nothing to look at yet."
        " Record a minute of your own, or run “make demo” when there is a network."
    )


def add_recordings(account: Account, *, again: bool = False) -> list[str]:
    """Submit the recordings not submitted before, or, `again`, not there now; the new titles.

    Raises samples.NoRecordings when there are none to be had; `notice` then says so.
    """
    user = User.objects.get(email=EMAIL)
    known = set(user.speech_sessions.values_list("audio_name", flat=True))
    known |= set() if again else set(account.submitted)
    if known:
        return []
    try:
        found = samples.recordings(Path(settings.VAR_DIR) / "samples")
    except samples.NoRecordings as error:
        account.problem = str(error)
        account.write()
        raise
    for recording, data in found:
        file = SimpleUploadedFile(recording.name, data, content_type="audio/wav")
        submit_recording(user, file, title=recording.title, kind=recording.kind, language="en")
    account.submitted = [recording.name for recording, _data in found]
    account.problem = ""
    account.write()
    return [recording.title for recording, _data in found]


def _file() -> Path:
    return Path(settings.VAR_DIR) / "demo.json"
