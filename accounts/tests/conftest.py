"""What the account tests share: authenticators, codes, a cache that counts."""

from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import mails, services, tasks
from accounts.models import BackupCodeDevice, User
from conftest import PASSWORD


@dataclass
class Authenticator:
    """An app on somebody's phone, and the backup codes they kept."""

    device: TOTPDevice
    backup_codes: tuple[str, ...]

    def code(self, steps: int = 0) -> str:
        """The code of now, or of `steps` half minutes later."""
        return f"{totp(self.device.bin_key, t0=-30 * steps):06d}"

    def wrong_code(self) -> str:
        """Six digits that are no code of these minutes."""
        near = {self.code(steps) for steps in range(-3, 4)}
        return next(text for n in range(10) if (text := f"{n:06d}") not in near)


def set_up_second_factor(user: User) -> Authenticator:
    """Give `user` an authenticator; the code of now is not used up by it."""
    device = TOTPDevice.objects.create(user=user, name="Authenticator", confirmed=True)
    return Authenticator(device, tuple(services.renew_backup_codes(user)))


@pytest.fixture(autouse=True, scope="session")
def quick_backup_codes() -> None:
    """scrypt as everywhere, but at a cost that many tests can bear."""
    BackupCodeDevice.scrypt_cost = 2**4


@pytest.fixture
def alices_authenticator(alice) -> Authenticator:
    return set_up_second_factor(alice)


@pytest.fixture
def browser() -> Client:
    """A browser of somebody who has not signed in."""
    return Client()


@pytest.fixture
def strict_browser() -> Client:
    """A browser whose forms must carry a CSRF token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def counting(valkey):
    """A cache that answers: attempts are counted."""
    return cache


@pytest.fixture
def sent(mailoutbox):
    """Does what the worker does with the mails that are due, and gives all that went out."""

    def sent():
        for event_id in list(mails.due().values_list("pk", flat=True)):
            tasks.mail_event(event_id)
        return mailoutbox

    return sent


def sign_in(browser: Client, email: str, password: str = PASSWORD, **fields: str):
    """Post the sign-in form."""
    return browser.post("/accounts/login/", {"username": email, "password": password, **fields})
