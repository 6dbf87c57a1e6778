"""Who may ask what: every address of the product, and what an asker who may not is answered.

`open`      anybody.
`signed_in` whoever is signed in, and sees only what is theirs; others are led to sign in, or 401.
`owner`     only the owner of the object in the address; to everybody else it is not there (404).
`staff`     only staff; others are led to sign in.
`half`      somebody who is asked for a second factor, or is setting one up; others are led away.
"""

OPEN, SIGNED_IN, OWNER, STAFF, HALF = "open", "signed_in", "owner", "staff", "half"

# Routes as the URL configuration spells them.
WHO_MAY = {
    "": OPEN,
    "today/": SIGNED_IN,
    "privacy/": OPEN,
    "health/": OPEN,
    # Accounts
    "accounts/login/": OPEN,
    "accounts/logout/": OPEN,
    "accounts/register/": OPEN,
    "accounts/verify/": HALF,
    "accounts/second-factor/": SIGNED_IN,
    "accounts/second-factor/codes/": SIGNED_IN,
    "accounts/second-factor/remove/": SIGNED_IN,
    "accounts/password/": SIGNED_IN,
    "accounts/password/reset/": OPEN,
    "accounts/password/reset/sent/": OPEN,
    "accounts/password/reset/<uidb64>/<token>/": OPEN,
    "accounts/profile/": SIGNED_IN,
    "accounts/profile/picture/": SIGNED_IN,
    "accounts/languages/new/": SIGNED_IN,
    "accounts/languages/<int:pk>/": OWNER,
    "accounts/languages/<int:pk>/delete/": OWNER,
    "accounts/security/": SIGNED_IN,
    "accounts/security/tokens/": SIGNED_IN,
    "accounts/security/tokens/revoke/": SIGNED_IN,
    "api-auth/login/": OPEN,
    # Pages of speech sessions
    "speech-sessions/": SIGNED_IN,
    "speech-sessions/new/": SIGNED_IN,
    "speech-sessions/analytics/": SIGNED_IN,
    "speech-sessions/bands/": SIGNED_IN,
    "speech-sessions/bulk/": SIGNED_IN,
    "speech-sessions/<int:pk>/": OWNER,
    "speech-sessions/<int:pk>/edit/": OWNER,
    "speech-sessions/<int:pk>/delete/": OWNER,
    "speech-sessions/<int:pk>/audio/": OWNER,
    "speech-sessions/<int:pk>/status/": OWNER,
    "speech-sessions/<int:pk>/analyze/": OWNER,
    # One's own account, by the API
    "api/v1/users/profiles/": SIGNED_IN,
    "api/v1/users/profiles/<pk>/": OWNER,
    "api/v1/users/<int:pk>/picture/": OWNER,
    # Descriptions of the API
    "api/v1/schema/": OPEN,
    "api/v1/docs/": OPEN,
    "docs/": OPEN,
    "redoc/": OPEN,
}

# The same calls stand at two prefixes.
_CALLS = {
    "": SIGNED_IN,
    "analytics/": SIGNED_IN,
    "bands/": SIGNED_IN,
    "bulk_update/": SIGNED_IN,
    "<pk>/": OWNER,
    "<pk>/report/": OWNER,
    "<pk>/events/": OWNER,
    "<pk>/peaks/": OWNER,
    "<pk>/audio/": OWNER,
    "<pk>/clip/": OWNER,
    "<pk>/analyze/": OWNER,
}
for _prefix in ("api/v1/speech-sessions/", "speech-sessions/api/sessions/"):
    WHO_MAY |= {f"{_prefix}{call}": who for call, who in _CALLS.items()}

# Every address below belongs to the admin, which asks for staff itself.
STAFF_PREFIX = "admin/"

# WebSockets
WHO_MAY_LISTEN = {"ws/speech-sessions/<int:session_id>/": OWNER}
