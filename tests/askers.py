"""Who asks, in the test of the authorisation table, and what there is to ask about."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential
from rest_framework.test import APIClient

from accounts.models import DeviceToken, LearningProfile, User
from conftest import PASSWORD
from conversations import services as conversations
from flashcards import services as flashcards
from practice import services as practice
from practice.models import PracticeSession, PracticeShare, Sequence, SequenceShare
from pronunciation.models import Attempt
from pronunciation.tests.results import JUDGED
from sharing.links import token_of
from speech_sessions.models import SpeechSession
from speech_sessions.tests.reported import reported_session

_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass
class Asker:
    """A browser and a phone of one kind of asker."""

    browser: Client
    phone: APIClient | None


@dataclass
class Story:
    """Alice's things, and everybody who asks for them."""

    alice: User
    session: SpeechSession
    askers: dict[str, Asker] = field(default_factory=dict)
    things: dict[str, Callable[[], str]] = field(default_factory=dict)

    def path_of(self, route: str) -> str:
        """The address of Alice's thing at `route`; fails where nobody said what that is."""
        for start, thing in self.things.items():
            if re.match(start, route):
                route = re.sub(r"<(int:)?(pk|id|session_id)>|<str:share>", thing(), route, count=1)
        for parameter, value in _ANY.items():
            route = route.replace(parameter, value)
        assert "<" not in route, f"tell tests/askers.py what stands in {route}"
        # A well-formed question: what is refused is the asker.
        return "/" + route + ("?start=0&end=0.1" if route.endswith("clip/") else "")


_ANY = {
    "<uidb64>": "MQ",
    "<token>": "set-password",
    "<number>": "1",
    "<language>": "es",
    "<type>": "lesson",
    "<str:link>": "made-up",
    "<str:key>": "made-up",
    "<backend>": "github",
}


def with_factor(user: User) -> TOTPDevice:
    """Give `user` an authenticator."""
    return TOTPDevice.objects.create(user=user, name="Authenticator", confirmed=True)


def asker(user: User, *, given: TOTPDevice | None) -> Asker:
    """`user`, with or without having given the factor `given`."""
    browser = Client()
    browser.force_login(user)
    if given is not None:
        session = browser.session
        session[DEVICE_ID_SESSION_KEY] = given.persistent_id
        session.save()
    phone = APIClient()
    _, key = DeviceToken.objects.create(user=user, name="phone", second_factor=given is not None)
    phone.credentials(HTTP_AUTHORIZATION=f"Token {key}")
    return Asker(browser, phone)


def _askers_of(alice: User, bob: User, charlie: User) -> dict[str, Asker]:
    factor = with_factor(alice)
    staff = User.objects.create_user("staff@example.org", PASSWORD, is_staff=True)
    models = ("user", "speechsession", "analysisrun", "devicetoken", "securityevent")
    staff.user_permissions.add(*Permission.objects.filter(content_type__model__in=models))
    return {
        "nobody": Asker(Client(), APIClient()),
        "half": asker(alice, given=None),
        "stranger": asker(charlie, given=None),
        "owner": asker(alice, given=factor),
        "coach": asker(bob, given=None),
        "staff": asker(staff, given=with_factor(staff)),
    }


def _attempt_of(alice: User) -> Attempt:
    attempt: Attempt = alice.pronunciation_attempts.create(
        text="Good morning.",
        language="en",
        audio=default_storage.save("pronunciation/good.wav", ContentFile(b"RIFF")),
        audio_type="audio/wav",
        state="done",
        result=JUDGED | {"model": {"path": "pronunciation/good.wav"}},
    )
    return attempt


def tell_story(alice: User, bob: User, charlie: User) -> Story:
    """Alice has everything that has an address, and a second factor."""
    story = Story(alice, reported_session(alice))
    story.askers = _askers_of(alice, bob, charlie)
    alice.picture = default_storage.save("pictures/alice.png", ContentFile(_PIXEL))
    alice.save(update_fields=["picture"])
    profile = LearningProfile.objects.create(user=alice, target_language="es")
    passkey = WebAuthnCredential.objects.create(
        user=alice, name="Pixel", credential_id=b"1", public_key=b"2", confirmed=True
    )
    practised = practice.start(alice)
    PracticeSession.objects.filter(pk=practised.pk).update(recording=story.session)
    for_bob = PracticeShare.objects.create(
        subject=practised, recipient=bob, include=PracticeShare.Part.values
    )
    sequence = practice.copy_sequence(alice, Sequence.objects.get(name="table-topic"))
    by_link = SequenceShare.objects.create(subject=sequence, by_link=True)
    talk = practice.save_talk(
        alice, None, title="Trams", script="Ten years ago.", language="en", sections=()
    )
    conversation = conversations.create(alice, {"target_language": "es", "topic": "Trams"})
    talk_begun = conversations.start(
        alice, conversations.Start(target_language="en", scenario="ordering-food")
    )
    talk_begun.messages.create(
        position=1, side="learner", state="failed", audio=ContentFile(b"RIFF", "turn.wav")
    )
    attempt = _attempt_of(alice)
    own_situation = alice.custom_scenarios.create(title="Parcel", goal="Find it.")
    word = flashcards.meet(
        alice, language="es", word="tranvía", audio=ContentFile(b"RIFF", "word.wav")
    )
    reminder = alice.practice_reminders.create(at="18:00", weekdays="1")
    token = DeviceToken.objects.create(user=alice, name="other", second_factor=True)[0]
    story.things = {
        r"practice/sequences/|.*sequences/<int:pk>/share/": lambda: str(sequence.pk),
        r"(api/v1/)?practice/shared-sequences/": lambda: token_of(by_link),
        r"practice/shared/": lambda: token_of(for_bob),
        r"(api/v1/)?practice/talks/": lambda: str(talk.pk),
        r"(api/v1/|ws/)?speech-sessions/": lambda: str(story.session.pk),
        r"conversations/live/own/": lambda: str(own_situation.pk),
        r"(api/v1/)?conversations/(sessions|live)/|ws/conv": lambda: str(talk_begun.pk),
        r"(api/v1/)?pronunciation/": lambda: str(attempt.pk),
        r"api/v1/conversations/custom": lambda: str(own_situation.pk),
        r"(api/v1|accounts)/voice-conversations/|conversations/": lambda: str(conversation.pk),
        r"(api/v1/)?vocabulary/": lambda: str(word.pk),
        r"accounts/languages/|.*users/profiles/": lambda: str(profile.pk),
        r".*passkeys/<": lambda: str(passkey.pk),
        r"(api/v1/)?practice/reminders/": lambda: str(reminder.pk),
        r"(api/v1/(practice/)?sessions/|practice/)": lambda: str(practised.pk),
        r".*users/<": lambda: str(alice.pk),
        r".*auth/devices/": lambda: token.digest[:32],
        r"api/v1/practice/(sequences|questions)/": lambda: "1",
        r"accounts/connections/": lambda: "1",
    }
    return story
