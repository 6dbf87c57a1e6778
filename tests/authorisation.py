"""Who may ask what: every address of the product, and what each asker is answered there.

`WHO_MAY` names for each address one of the rules of access_rules.py; `ANSWERED` says there what
each asker gets. tests/test_who_may.py walks all of them and compares. A new address is in here or
in authorisation_learning.py, or the tests fail.

The askers:
`nobody`    without credentials
`half`      signed in, but owing the second factor that the account has: session or token
`stranger`  another user
`owner`     whose account or object it is
`coach`     somebody the owner shares one practice session with, by name; otherwise a stranger
`staff`     may view, change and delete by Django's permissions, and has given a second factor

What they get:
`answers`   the view itself answers, be it that the question was wrong
`sign_in`   is led to sign in; a program gets 401
`factor`    is led to give the second factor; a program gets 403 `second_factor_required`
`confirm`   is led to confirm that it is them; a program gets 403 `confirmation_required`
`refused`   403
`not_there` 404
"""

from tests.access_rules import (
    ALWAYS,
    CONFIRMED,
    CONNECTING,
    ENDING,
    HALF,
    ITSELF,
    LINK,
    NOT_SET_UP,
    OPEN,
    OWNER,
    PASSKEY,
    REFUSED,
    SECRET,
    SHARED,
    SIGNED_IN,
)
from tests.authorisation_learning import LEARNING

# Routes as the URL configuration spells them.
WHO_MAY = {
    "": OPEN,
    "today/": SIGNED_IN,
    "privacy/": ALWAYS,
    "health/": ALWAYS,
    "manifest.webmanifest": ALWAYS,
    "sw.js": ALWAYS,
    "offline/": ALWAYS,
    # Accounts
    "accounts/login/": OPEN,
    "accounts/logout/": ALWAYS,
    "accounts/register/": OPEN,
    "accounts/verify/": HALF,
    "accounts/second-factor/": SIGNED_IN,
    "accounts/second-factor/codes/": CONFIRMED,
    "accounts/second-factor/remove/": SIGNED_IN,
    "accounts/confirm/": SIGNED_IN,
    "accounts/passkeys/ask/": ALWAYS,
    "accounts/passkeys/answer/": PASSKEY,
    "accounts/passkeys/new/": CONFIRMED,
    "accounts/passkeys/new/ask/": CONFIRMED,
    "accounts/passkeys/<int:pk>/": OWNER,
    "accounts/passkeys/<int:pk>/remove/": CONFIRMED,
    "accounts/password/": SIGNED_IN,
    "accounts/password/reset/": OPEN,
    "accounts/password/reset/sent/": OPEN,
    "accounts/password/reset/<uidb64>/<token>/": OPEN,
    "accounts/email/verify/": SIGNED_IN,
    "accounts/email/verify/<token>/": OPEN,
    "accounts/email/change/": CONFIRMED,
    "accounts/email/change/<token>/": OPEN,
    "accounts/email/undo/<token>/": OPEN,
    "accounts/activity/": SIGNED_IN,
    "accounts/devices/": SIGNED_IN,
    "accounts/devices/browsers/end/": LINK,
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
    "accounts/security/tokens/": CONFIRMED,
    "accounts/security/tokens/revoke/": SIGNED_IN,
    "api-auth/login/": ALWAYS,
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
    # Pages of practice
    "practice/": SIGNED_IN,
    "practice/start/": SIGNED_IN,
    "practice/goal/": SIGNED_IN,
    "practice/history/": SIGNED_IN,
    "practice/statistics/": SIGNED_IN,
    "practice/reminders/": SIGNED_IN,
    "practice/reminders/<int:pk>/": OWNER,
    "practice/reminders/<int:pk>/delete/": OWNER,
    "practice/reminders/practice.ics": SIGNED_IN,
    "practice/reminders/new-address/": SIGNED_IN,
    "practice/reminders/no-more/<token>/": SECRET,
    "practice/calendar/<str:key>.ics": SECRET,
    "practice/shadowing/": SIGNED_IN,
    "practice/talks/": SIGNED_IN,
    "practice/talks/new/": SIGNED_IN,
    "practice/talks/<int:pk>/": OWNER,
    "practice/talks/<int:pk>/delete/": OWNER,
    "practice/sequences/": SIGNED_IN,
    "practice/sequences/new/": SIGNED_IN,
    "practice/sequences/<int:pk>/": OWNER,
    "practice/sequences/<int:pk>/delete/": OWNER,
    "practice/sequences/<int:pk>/duplicate/": OWNER,
    "practice/sequences/<int:pk>/share/": OWNER,
    "practice/shares/": SIGNED_IN,
    "practice/shared/<str:share>/": SHARED,
    "practice/shared/<str:share>/recording/": SHARED,
    # By link: whoever is signed in and has it.
    "practice/shared-sequences/<str:share>/": SIGNED_IN,
    "practice/shared-sequences/<str:share>/duplicate/": SIGNED_IN,
    "practice/<int:pk>/share/": OWNER,
    "practice/offline/": SIGNED_IN,
    "practice/<int:pk>/": OWNER,
    "practice/<int:pk>/question/": OWNER,
    "practice/<int:pk>/notes/": OWNER,
    "practice/<int:pk>/delete/": OWNER,
    "practice/<int:pk>/recording/": OWNER,
    "practice/<int:pk>/phrases/": OWNER,
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
    "current/": OWNER,
    "history/": SIGNED_IN,
    "stats/": SIGNED_IN,
    "calendar/": SIGNED_IN,
    "<pk>/": REFUSED,
    "<pk>/pause/": REFUSED,
    "<pk>/resume/": REFUSED,
    "<pk>/steps/<number>/": REFUSED,
    "<pk>/question/": REFUSED,
    "<pk>/recording/": REFUSED,
    "<pk>/result/": REFUSED,
    "<int:pk>/share/": REFUSED,
}
for _prefix in ("api/v1/practice/sessions/", "api/v1/sessions/"):
    WHO_MAY |= {f"{_prefix}{call}": who for call, who in _PRACTICE.items()}
WHO_MAY |= {
    "api/v1/practice/sync/": SIGNED_IN,
    "api/v1/sync/": SIGNED_IN,
    "api/v1/practice/sequences/": SIGNED_IN,
    "api/v1/practice/sequences/<pk>/": SIGNED_IN,
    "api/v1/practice/sequences/<pk>/duplicate/": SIGNED_IN,
    "api/v1/practice/sequences/<int:pk>/share/": OWNER,
    "api/v1/practice/shared-sequences/<str:share>/": SIGNED_IN,
    "api/v1/practice/talks/": SIGNED_IN,
    "api/v1/practice/talks/<pk>/": OWNER,
    "api/v1/practice/goal/": SIGNED_IN,
    "api/v1/practice/reminders/": SIGNED_IN,
    "api/v1/practice/reminders/<pk>/": OWNER,
    "api/v1/practice/reminders/calendar/": SIGNED_IN,
    "api/v1/practice/questions/": SIGNED_IN,
    "api/v1/practice/questions/random/": SIGNED_IN,
    "api/v1/practice/questions/<pk>/": SIGNED_IN,
}

WHO_MAY |= {
    "conversations/": SIGNED_IN,
    "conversations/live/": SIGNED_IN,
    "conversations/live/begin/": SIGNED_IN,
    "conversations/live/own/": SIGNED_IN,
    "conversations/live/own/<int:pk>/": OWNER,
    "conversations/live/<int:pk>/": OWNER,
    "conversations/live/<int:pk>/direct/": OWNER,
    "conversations/live/<int:pk>/say/": OWNER,
    "conversations/live/<int:pk>/end/": OWNER,
    "conversations/live/<int:pk>/keep-words/": OWNER,
    "conversations/progress/": SIGNED_IN,
    "conversations/<int:pk>/": OWNER,
    "conversations/<int:pk>/delete/": OWNER,
}
_CONVERSATIONS = {
    "": SIGNED_IN,
    "summary/": SIGNED_IN,
    "by-language/<language>/": SIGNED_IN,
    "by-type/<type>/": SIGNED_IN,
    "<pk>/": OWNER,
    "<pk>/add_feedback/": OWNER,
}
for _prefix in ("api/v1/voice-conversations/", "accounts/voice-conversations/"):
    WHO_MAY |= {f"{_prefix}{call}": who for call, who in _CONVERSATIONS.items()}

WHO_MAY |= LEARNING

_AUTH = {
    "register/": OPEN,
    "login/": OPEN,
    "refresh/": OPEN,
    "logout/": ENDING,
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
    "devices/<id>/": OWNER,
}
_AUTH |= {
    "2fa/totp/enrol/": SIGNED_IN,
    "2fa/totp/confirm/": SIGNED_IN,
    "2fa/totp/disable/": SIGNED_IN,
    "2fa/backup-codes/regenerate/": CONFIRMED,
    "2fa/passkeys/": SIGNED_IN,
    "2fa/passkeys/challenge/": OPEN,
    "2fa/passkeys/register/begin/": CONFIRMED,
    "2fa/passkeys/register/complete/": SIGNED_IN,
    "2fa/passkeys/<int:pk>/": OWNER,
}
for _prefix in ("api/v1/auth/", "auth/"):
    WHO_MAY |= {f"{_prefix}{call}": who for call, who in _AUTH.items()}

_USERS = {
    "": SIGNED_IN,
    "stats/": SIGNED_IN,
    "<pk>/": ITSELF,
    "me/": CONFIRMED,
    "me/export/": CONFIRMED,
    "me/export/<str:link>/": LINK,
    "profiles/": SIGNED_IN,
    "profiles/<pk>/": OWNER,
    "<int:pk>/picture/": ITSELF,
}
for _prefix in ("api/v1/users/", "users/", "accounts/users/"):
    WHO_MAY |= {f"{_prefix}{call}": who for call, who in _USERS.items()}
WHO_MAY |= {
    "accounts/connections/": SIGNED_IN,
    "accounts/connections/<int:pk>/end/": CONFIRMED,
    "accounts/social/<backend>/": CONNECTING,
    "accounts/social/<backend>/complete/": NOT_SET_UP,
}

# Calls that staff make about a person, with `?user=`: they answer staff who have the permission.
ABOUT_ANOTHER = tuple(
    f"api/v1/speech-sessions/{call}"
    for call in _CALLS
    if call not in {"bands/", "bulk_update/", "<pk>/analyze/"}
)

# Every address below belongs to the admin: staff with the permission.
STAFF_PREFIX = "admin/"

# What has no address at all: recordings and pictures are fetched through their owner.
NO_ADDRESS = "media/"

# WebSockets: the code that each asker is closed with, None where it stays open.
WHO_MAY_LISTEN = {
    "ws/speech-sessions/<int:session_id>/": {
        "nobody": 4401,
        "half": 4403,
        "stranger": 4404,
        "owner": None,
        "coach": 4404,
        "staff": 4404,
    },
    "ws/conversations/<int:session_id>/": {
        "nobody": 4401,
        "half": 4403,
        "stranger": 4404,
        "owner": None,
        "coach": 4404,
        "staff": 4404,
    },
    # Each hears of their own practice.
    "ws/practice/": {
        "nobody": 4401,
        "half": 4403,
        "stranger": None,
        "owner": None,
        "coach": None,
        "staff": None,
    },
}
