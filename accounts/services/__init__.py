"""Everything that changes an account. Pages, API, admin and tasks call only these."""

from accounts.services.entrance import (
    SignIn,
    check_password,
    may_register,
    may_send_reset,
    register,
    sign_in,
)
from accounts.services.factors import (
    BACKUP_CODES,
    Confirmation,
    begin_totp,
    confirm_totp,
    remove_second_factor,
    renew_backup_codes,
)
from accounts.services.passwords import reset_password, set_password
from accounts.services.tokens import issue_token, revoke_tokens

__all__ = [
    "BACKUP_CODES",
    "Confirmation",
    "SignIn",
    "begin_totp",
    "check_password",
    "confirm_totp",
    "issue_token",
    "may_register",
    "may_send_reset",
    "register",
    "remove_second_factor",
    "renew_backup_codes",
    "reset_password",
    "revoke_tokens",
    "set_password",
    "sign_in",
]
