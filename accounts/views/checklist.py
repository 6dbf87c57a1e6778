"""What makes an account hard to take over, each with the one thing to do about it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import second_factor, selectors
from accounts.browser_names import browser_name
from accounts.models import SecurityEvent, User

FEW_CODES = 3


@dataclass(frozen=True)
class Check:
    """One line of the list: whether it is well, what to know, and where to go."""

    title: str
    note: str
    is_done: bool
    action: str
    address: str


def checks_of(user: User) -> list[Check]:
    """The lines for `user`; backup codes only where there is a second factor."""
    has_factor = second_factor.has_factor(user)
    checks = [_address(user), _second_factor(has_factor), _passkey(user)]
    if has_factor:
        checks.append(_backup_codes(selectors.backup_codes_left(user)))
    return [*checks, _sign_ins(user)]


def _address(user: User) -> Check:
    if user.email_verified:
        note = _("%(email)s is confirmed.") % {"email": user.email}
        return Check(_("E-mail address"), note, True, _("Change"), reverse("accounts:email_change"))
    note = _("%(email)s is not confirmed yet: a link went there.") % {"email": user.email}
    address = reverse("accounts:email_verify_ask")
    return Check(_("E-mail address"), note, False, _("Confirm"), address)


def _second_factor(has_factor: bool) -> Check:
    note = (
        _("Your password alone opens nothing.")
        if has_factor
        else _("A stolen password opens everything.")
    )
    set_up = f"{reverse('accounts:setup')}?next={reverse('accounts:security')}"
    address = "#second-factor" if has_factor else set_up
    action = _("Look") if has_factor else _("Set it up")
    return Check(_("Second factor"), note, has_factor, action, address)


def _passkey(user: User) -> Check:
    count = selectors.passkeys_of(user).count()
    note = (
        ngettext("You have %(count)d passkey.", "You have %(count)d passkeys.", count)
        % {"count": count}
        if count
        else _("It signs you in without a password, and cannot be typed into a false page.")
    )
    action = _("Look") if count else _("Add one")
    address = "#passkeys" if count else reverse("accounts:passkey_new")
    return Check(_("Passkey"), note, bool(count), action, address)


def _backup_codes(count: int) -> Check:
    note = ngettext("%(count)d is left.", "%(count)d are left.", count) % {"count": count}
    address = reverse("accounts:backup_codes")
    return Check(_("Backup codes"), note, count >= FEW_CODES, _("Make new ones"), address)


def _sign_ins(user: User) -> Check:
    last = selectors.recent_sign_ins(user)
    is_known = all(event.kind != SecurityEvent.Kind.NEW_DEVICE for event in last)
    note = " ".join(_told(event) for event in last) or _("None is noted yet.")
    address = reverse("accounts:activity")
    return Check(_("Recent sign-ins"), note, is_known, _("Look"), address)


def _told(event: SecurityEvent) -> str:
    when = date_format(localtime(event.at), "j M, H:i")
    return _("%(when)s with %(browser)s.") % {"when": when, "browser": browser_name(event.device)}
