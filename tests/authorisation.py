"""Who may ask what: every address of the product, and what each asker is answered there.

`WHO_MAY` names for each address one of the rules below; `ANSWERED` says for each rule what each
asker gets. tests/test_who_may.py walks all of them and compares. A new address is in here, or the
tests fail.

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

from dataclasses import dataclass

# The rules.
OPEN = "open"  # anybody, but who owes a second factor gives it first
ALWAYS = "always"  # anybody, also who owes a second factor
HALF = "half"  # whoever is signed in, also who owes a second factor
PASSKEY = "passkey"  # anybody; a wrong answer leads back to the page that asked
ENDING = "ending"  # as signed_in, but a program that owes the factor may end its own sign-in
SIGNED_IN = "signed_in"  # whoever is signed in, and sees only what is theirs
CONFIRMED = "confirmed"  # the same, once they have confirmed that it is them
OWNER = "owner"  # the owner of the object in the address; to others it is not there
REFUSED = "refused"  # the owner of the object in the address; others are refused
ITSELF = "itself"  # the person whom the address names, and staff
SHARED = "shared"  # the owner, and whom they share it with; to others it is not there
LINK = "link"  # whose the thing is that link or form names; made up, it is not there
SECRET = "secret"  # whoever knows the address; made up, it is not there
NOT_SET_UP = "not_set_up"  # anybody where the installation is set up for it, else it is not there
CONNECTING = "connecting"  # the same; who is signed in confirms first that it is them
STAFF = "staff"  # staff with the permission


@dataclass(frozen=True)
class Answers:
    """What each asker may be answered, by any method; 405 is always fine."""

    nobody: str
    half: str
    stranger: str
    owner: str
    coach: str
    staff: str


ANSWERED = {
    OPEN: Answers("answers", "factor", "answers", "answers", "answers", "answers"),
    ALWAYS: Answers("answers", "answers", "answers", "answers", "answers", "answers"),
    HALF: Answers("sign_in", "answers", "answers", "answers", "answers", "answers"),
    PASSKEY: Answers("sign_in", "factor", "confirm", "confirm", "confirm", "confirm"),
    SIGNED_IN: Answers("sign_in", "factor", "answers", "answers", "answers", "answers"),
    ENDING: Answers("sign_in", "factor", "answers", "answers", "answers", "answers"),
    CONFIRMED: Answers("sign_in", "factor", "confirm", "confirm", "confirm", "confirm"),
    OWNER: Answers("sign_in", "factor", "not_there", "answers", "not_there", "not_there"),
    REFUSED: Answers("sign_in", "factor", "refused", "answers", "refused", "refused"),
    ITSELF: Answers("sign_in", "factor", "not_there", "answers", "not_there", "answers"),
    SHARED: Answers("sign_in", "factor", "not_there", "answers", "answers", "not_there"),
    LINK: Answers("sign_in", "factor", "not_there", "not_there", "not_there", "not_there"),
    NOT_SET_UP: Answers("not_there", "factor", "not_there", "not_there", "not_there", "not_there"),
    SECRET: Answers("not_there", "factor", "not_there", "not_there", "not_there", "not_there"),
    CONNECTING: Answers("not_there", "factor", "confirm", "confirm", "confirm", "confirm"),
    STAFF: Answers("sign_in", "factor", "refused", "refused", "refused", "answers"),
}

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
    "conversations/live/<int:pk>/say/": OWNER,
    "conversations/live/<int:pk>/end/": OWNER,
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

_TALKS = {
    "": SIGNED_IN,
    "<pk>/": OWNER,
    "<pk>/messages/": OWNER,
    "<pk>/messages/<number>/audio/": OWNER,
    "<pk>/text/": OWNER,
    "<pk>/audio/": OWNER,
    "<pk>/end/": OWNER,
}
for _prefix in ("api/v1/conversations/sessions/", "conversations/sessions/"):
    WHO_MAY |= {f"{_prefix}{call}": who for call, who in _TALKS.items()}
WHO_MAY |= {
    "api/v1/conversations/scenarios/": SIGNED_IN,
    "api/v1/conversations/personas/": SIGNED_IN,
    "api/v1/conversations/realtime-token/": SIGNED_IN,
    "api/v1/conversations/translate/": SIGNED_IN,
    "api/v1/conversations/custom-scenarios/": SIGNED_IN,
    "api/v1/conversations/custom-scenarios/<pk>/": OWNER,
}

WHO_MAY |= {
    "pronunciation/": SIGNED_IN,
    "pronunciation/take/": SIGNED_IN,
    "pronunciation/<int:pk>/": OWNER,
    "pronunciation/<int:pk>/delete/": OWNER,
    "pronunciation/<int:pk>/model/": OWNER,
    "pronunciation/assess/": SIGNED_IN,
    "api/v1/pronunciation/assess/": SIGNED_IN,
    "api/v1/pronunciation/attempts/": SIGNED_IN,
    "api/v1/pronunciation/attempts/<pk>/": OWNER,
    "api/v1/pronunciation/attempts/<pk>/audio/": OWNER,
}

for _prefix in ("api/v1/speech/", "speech/"):
    WHO_MAY |= {
        f"{_prefix}{call}": SIGNED_IN
        for call in ("transcribe/", "synthesize/", "synthesize/stream/", "voices/")
    }

WHO_MAY |= {
    "vocabulary/": SIGNED_IN,
    "vocabulary/new/": SIGNED_IN,
    "vocabulary/review/": SIGNED_IN,
    "vocabulary/review/undo/": SIGNED_IN,
    "vocabulary/statistics/": SIGNED_IN,
    "vocabulary/settings/": SIGNED_IN,
    "vocabulary/import/": SIGNED_IN,
    "vocabulary/export.csv": SIGNED_IN,
    "vocabulary/export.txt": SIGNED_IN,
    "vocabulary/<int:pk>/": OWNER,
    "vocabulary/<int:pk>/delete/": OWNER,
    "vocabulary/<int:pk>/audio/": OWNER,
    "api/v1/vocabulary/": SIGNED_IN,
    "api/v1/vocabulary/due/": SIGNED_IN,
    "api/v1/vocabulary/stats/": SIGNED_IN,
    "api/v1/vocabulary/settings/": SIGNED_IN,
    "api/v1/vocabulary/import/": SIGNED_IN,
    "api/v1/vocabulary/export.csv/": SIGNED_IN,
    "api/v1/vocabulary/export.txt/": SIGNED_IN,
    "api/v1/vocabulary/<pk>/": OWNER,
    "api/v1/vocabulary/<pk>/review/": OWNER,
    "api/v1/vocabulary/<pk>/undo/": OWNER,
    "api/v1/vocabulary/<pk>/audio/": OWNER,
}

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
