"""Who may ask what: every address of the product, and what an asker who may not is answered.

`open`      anybody.
`signed_in` whoever is signed in, and sees only what is theirs; others are led to sign in, or 401.
`owner`     only the owner of the object in the address; to everybody else it is not there (404).
`refused`   only the owner of the object in the address; everybody else is refused (403).
`itself`    only the person whom the address names; to everybody else they are not there (404).
`not_set_up` anybody, where the installation is set up for the site; else it is not there (404).
`staff`     only staff; others are led to sign in.
`half`      somebody who is asked for a second factor, or is setting one up; others are led away.
"""

OPEN, SIGNED_IN, OWNER, STAFF, HALF = "open", "signed_in", "owner", "staff", "half"
REFUSED, ITSELF, NOT_SET_UP = "refused", "itself", "not_set_up"

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
    "accounts/email/verify/": SIGNED_IN,
    "accounts/email/verify/<token>/": OPEN,
    "accounts/email/change/": SIGNED_IN,
    "accounts/email/change/<token>/": OPEN,
    "accounts/email/undo/<token>/": OPEN,
    "accounts/activity/": SIGNED_IN,
    "accounts/devices/": SIGNED_IN,
    "accounts/devices/browsers/end/": SIGNED_IN,
    "accounts/devices/sign-out/": SIGNED_IN,
    "accounts/profile/": SIGNED_IN,
    "accounts/profile/picture/": SIGNED_IN,
    "accounts/data/": SIGNED_IN,
    "accounts/data/copy/": SIGNED_IN,
    "accounts/data/copy/<str:link>/": SIGNED_IN,
    "accounts/data/erase/": SIGNED_IN,
    "accounts/erasure/": SIGNED_IN,
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

_PRACTICE = {
    "start/": SIGNED_IN,
    "complete/": SIGNED_IN,
    "current/": SIGNED_IN,
    "history/": SIGNED_IN,
    "stats/": SIGNED_IN,
    "calendar/": SIGNED_IN,
    "<pk>/": REFUSED,
    "<pk>/pause/": REFUSED,
    "<pk>/resume/": REFUSED,
    "<pk>/steps/<number>/": REFUSED,
}
for _prefix in ("api/v1/practice/sessions/", "api/v1/sessions/"):
    WHO_MAY |= {f"{_prefix}{call}": who for call, who in _PRACTICE.items()}
WHO_MAY |= {
    "api/v1/practice/sequences/": SIGNED_IN,
    "api/v1/practice/sequences/<pk>/": SIGNED_IN,
    "api/v1/practice/sequences/<pk>/copy/": SIGNED_IN,
    "api/v1/practice/questions/": SIGNED_IN,
    "api/v1/practice/questions/random/": SIGNED_IN,
    "api/v1/practice/questions/<pk>/": SIGNED_IN,
}

_AUTH = {
    "register/": OPEN,
    "login/": OPEN,
    "refresh/": OPEN,
    "logout/": SIGNED_IN,
    "logout-all/": SIGNED_IN,
    "me/": SIGNED_IN,
    "ws-ticket/": SIGNED_IN,
    "password/reset/": OPEN,
    "password/reset/confirm/": OPEN,
    "password/change/": SIGNED_IN,
    "email/verify/": OPEN,
    "email/change/": OPEN,
    "audit/": SIGNED_IN,
    "devices/": SIGNED_IN,
    "devices/<id>/": SIGNED_IN,
}
for _prefix in ("api/v1/auth/", "auth/"):
    WHO_MAY |= {f"{_prefix}{call}": who for call, who in _AUTH.items()}

_USERS = {
    "": SIGNED_IN,
    "stats/": SIGNED_IN,
    "<pk>/": ITSELF,
    "me/": SIGNED_IN,
    "me/export/": SIGNED_IN,
    "me/export/<str:link>/": SIGNED_IN,
    "profiles/": SIGNED_IN,
    "profiles/<pk>/": OWNER,
    "<int:pk>/picture/": ITSELF,
}
for _prefix in ("api/v1/users/", "users/", "accounts/users/"):
    WHO_MAY |= {f"{_prefix}{call}": who for call, who in _USERS.items()}
WHO_MAY |= {
    "accounts/connections/": SIGNED_IN,
    "accounts/connections/<int:pk>/end/": SIGNED_IN,
    "accounts/social/<backend>/": NOT_SET_UP,
    "accounts/social/<backend>/complete/": NOT_SET_UP,
}

# Every address below belongs to the admin, which asks for staff itself.
STAFF_PREFIX = "admin/"

# WebSockets
WHO_MAY_LISTEN = {"ws/speech-sessions/<int:session_id>/": OWNER}
