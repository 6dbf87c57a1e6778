"""The rules of the authorisation table, and what each asker is answered under them."""

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
