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
    remove_authenticator,
    remove_second_factor,
    renew_backup_codes,
    take_code,
)
from accounts.services.passkeys import (
    NewPasskey,
    PasskeyRefused,
    add_passkey,
    ask_for_new_passkey,
    ask_passkey,
    check_passkey,
    may_ask_passkey,
    remove_passkey,
    rename_passkey,
    sign_in_with_passkey,
)
from accounts.services.passwords import reset_password, set_password
from accounts.services.tokens import issue_token, revoke_tokens

__all__ = [
    "BACKUP_CODES",
    "Confirmation",
    "NewPasskey",
    "PasskeyRefused",
    "SignIn",
    "add_passkey",
    "ask_for_new_passkey",
    "ask_passkey",
    "begin_totp",
    "check_passkey",
    "check_password",
    "confirm_totp",
    "issue_token",
    "may_ask_passkey",
    "may_register",
    "may_send_reset",
    "register",
    "remove_authenticator",
    "remove_passkey",
    "remove_second_factor",
    "rename_passkey",
    "renew_backup_codes",
    "reset_password",
    "revoke_tokens",
    "set_password",
    "sign_in",
    "sign_in_with_passkey",
    "take_code",
]
