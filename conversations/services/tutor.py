"""Talking with the tutor: start, say, end.

A turn is stored before anybody is told to answer it; what is sent again under its `client_id` is
the same turn.
"""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction

from accounts.languages import code_of
from accounts.models import LearningProfile, User
from contract.ids import whole_number
from conversations import (
    answering,
    events,
    limits,
    situations,
    sound,
    speaking,
    tasks,
    turns,
)
from conversations.models import CustomScenario, TutorMessage, TutorSession, VoiceConversation
from conversations.tutor_selectors import reply_to, session_of
from partner.personas import UnknownPersona, all_personas, persona
from partner.scenarios import Scenario

_POLL_SECONDS = (0.05, 0.4)
OPENING_SECONDS = 4.0


class NotPossible(Exception):
    """What was asked for cannot be; `code` says why, `attr` names the field it lies in.

    Codes: no_such_scenario, no_such_persona, no_such_profile, no_language, needs_language_model.
    """

    def __init__(self, code: str, attr: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.attr = attr


class SessionEnded(Exception):
    """Nothing can be said in a talk that is over."""


@dataclass(frozen=True)
class Start:
    """What a talk is to be; whatever is left open is found."""

    target_language: str = ""
    native_language: str = ""
    learning_profile_id: int | None = None
    level: str = ""
    conversation_type: str = ""
    topic: str = ""
    scenario: str = ""
    persona: str = ""
    voice: str = ""
    patience_seconds: float | None = None


def start(user: User, wish: Start) -> TutorSession:
    """A new talk with its opening. Raises NotPossible."""
    profile = _profile(user, wish)
    language = wish.target_language or (profile.target_language if profile else "")
    if not language:
        raise NotPossible("no_language", "target_language")
    situation, custom = _situation(user, wish.scenario)
    code = code_of(language)
    if not situations.is_playable(situation, code):
        raise NotPossible("needs_language_model", "scenario")
    who = _persona(wish.persona)
    level = (
        wish.level
        or (profile.cefr_level if profile else "")
        or (situation.level if situation else LearningProfile.Level.A1)
    )
    session = TutorSession(
        user=user,
        target_language=language,
        target_language_code=code,
        native_language=wish.native_language
        or (profile.native_language if profile else "")
        or user.native_language,
        level=level,
        conversation_type=wish.conversation_type
        or (situation.conversation_type if situation else VoiceConversation.Type.CONVERSATION),
        topic=wish.topic or (situation.title if situation else ""),
        scenario=situation.slug if situation and not custom else "",
        custom_scenario=custom,
        persona=who,
        voice=wish.voice,
        patience_seconds=wish.patience_seconds
        or situations.default_patience(level, persona(who).patience_factor),
        seed=secrets.randbelow(2**31),
    )
    opening = _open(session)
    if opening.to_speak and tasks.send_turn(opening.pk):
        _wait_until_spoken(opening)
    return session_of(user, session.pk)


def _open(session: TutorSession) -> TutorMessage:
    said = answering.opening(session)
    session.dialogue, session.seq = said.dialogue, 1
    with transaction.atomic():
        session.save()
        return TutorMessage.objects.create(
            session=session,
            to_speak=speaking.is_spoken(session),
            position=0,
            side=TutorMessage.Side.TUTOR,
            state=TutorMessage.State.ANSWERED,
            text=said.text,
            hints=said.hints,
            seq=1,
        )


def set_patience(session: TutorSession, seconds: float) -> TutorSession:
    """How long a thinking pause may last, from now on."""
    TutorSession.objects.filter(pk=session.pk).update(patience_seconds=seconds)
    return session_of(session.user, session.pk)


def take_text(session: TutorSession, text: str, client_id: str | None = None) -> TutorMessage:
    """Keep what the learner wrote, and have it answered. Raises SessionEnded, DailyLimit."""
    return _take(session, client_id, {"text": text.strip()})


def take_audio(session: TutorSession, content: bytes, client_id: str | None = None) -> TutorMessage:
    """Keep what the learner said, and have it heard and answered.

    Raises SessionEnded, DailyLimit, RecordingRefused. The file is kept with the turn, or not at
    all.
    """
    extension, media_type = sound.kind_of(content)
    field = TutorMessage.audio.field
    name = ""

    def keep_sound(message: TutorMessage) -> None:
        nonlocal name
        name = field.generate_filename(message, f"turn{extension}")
        name = message.audio = field.storage.save(name, ContentFile(content))

    try:
        return _take(session, client_id, {"audio_type": media_type}, keep_sound)
    except BaseException:
        if name:
            field.storage.delete(name)
        raise


def _take(
    session: TutorSession,
    client_id: str | None,
    values: Mapping[str, Any],
    before_saving: Callable[[TutorMessage], None] | None = None,
) -> TutorMessage:
    known = _known_turn(session, client_id)
    if known is None:
        limits.check(session.user)
        message, is_new = _keep(session, client_id, values, before_saving)
    else:
        message, is_new = known, False
    if is_new:
        events.publish_message(message)
    elif message.state == TutorMessage.State.FAILED and _try_again(message):
        message.refresh_from_db()
    if message.state == TutorMessage.State.WAITING:
        waiting = turns.next_waiting(session.pk) or message.pk
        message.is_on_its_way = tasks.send_turn(waiting)
    return message


def _known_turn(session: TutorSession, client_id: str | None) -> TutorMessage | None:
    if client_id is None:
        return None
    return TutorMessage.objects.filter(session=session, client_id=client_id).first()


def _keep(
    session: TutorSession,
    client_id: str | None,
    values: Mapping[str, Any],
    before_saving: Callable[[TutorMessage], None] | None,
) -> tuple[TutorMessage, bool]:
    with transaction.atomic():
        locked = TutorSession.objects.select_for_update().get(pk=session.pk)
        known = _known_turn(session, client_id)
        if known is not None:
            return known, False
        if locked.state == TutorSession.State.ENDED:
            raise SessionEnded
        seq = turns.next_seq(session.pk)
        last = TutorMessage.objects.filter(session=session, side=TutorMessage.Side.LEARNER)
        newest = last.order_by("-position").values_list("position", flat=True).first()
        message = TutorMessage(
            session=session,
            position=1 if newest is None else newest + 2,
            side=TutorMessage.Side.LEARNER,
            state=TutorMessage.State.WAITING,
            client_id=client_id,
            seq=seq,
            **values,
        )
        if before_saving is not None:
            before_saving(message)
        message.save()
    return message, True


def _try_again(message: TutorMessage) -> bool:
    """Have a turn that failed answered once more, if nothing was said after it."""
    with transaction.atomic():
        locked = TutorSession.objects.select_for_update().get(pk=message.session_id)
        later = TutorMessage.objects.filter(
            session=message.session_id, position__gt=message.position
        )
        if locked.state == TutorSession.State.ENDED or later.exists():
            return False
        failed = TutorMessage.objects.filter(pk=message.pk, state=TutorMessage.State.FAILED)
        seq = turns.next_seq(message.session_id)
        return bool(
            failed.update(
                state=TutorMessage.State.WAITING, attempts=0, notice="", lease_until=None, seq=seq
            )
        )


def wait_for_answer(
    message: TutorMessage, seconds: float | None = None
) -> tuple[TutorMessage, TutorMessage | None]:
    """The turn and its answer, once that was also spoken; None where it takes longer.

    Waits up to `seconds` (TUTOR_WAIT_SECONDS unless said), not at all where no worker could be
    told, and gives the database connection back in between.
    """
    longest_wait = settings.TUTOR_WAIT_SECONDS if seconds is None else seconds
    until = time.monotonic() + (longest_wait if message.is_on_its_way else 0)
    pause, longest = _POLL_SECONDS
    while True:
        turn = TutorMessage.objects.get(pk=message.pk)
        reply = reply_to(turn) if turn.state == TutorMessage.State.ANSWERED else None
        is_done = turn.state == TutorMessage.State.FAILED or (reply and not reply.to_speak)
        if is_done or time.monotonic() + pause >= until:
            return turn, reply
        if not connection.in_atomic_block:
            connection.close()
        time.sleep(pause)
        pause = min(longest, pause * 1.5)


def _wait_until_spoken(message: TutorMessage) -> None:
    """The first words are worth a moment; whoever does not hear them yet reads them."""
    until = time.monotonic() + min(OPENING_SECONDS, settings.TUTOR_WAIT_SECONDS)
    while TutorMessage.objects.filter(pk=message.pk, to_speak=True).exists():
        if time.monotonic() >= until:
            return
        if not connection.in_atomic_block:
            connection.close()
        time.sleep(_POLL_SECONDS[0])


def _profile(user: User, wish: Start) -> LearningProfile | None:
    profiles = LearningProfile.objects.filter(user=user)
    if wish.learning_profile_id is None:
        code = code_of(wish.target_language)
        return profiles.filter(target_language_code=code).first() if code else None
    profile = profiles.filter(pk=wish.learning_profile_id).first()
    if profile is None:
        raise NotPossible("no_such_profile", "learning_profile_id")
    return profile


def _situation(user: User, slug: str) -> tuple[Scenario | None, CustomScenario | None]:
    if not slug:
        return None, None
    number = whole_number(slug.removeprefix(situations.OWN))
    if slug.startswith(situations.OWN) and number is not None:
        custom = CustomScenario.objects.filter(user=user, pk=number).first()
        if custom is not None:
            return situations.own_scenario(custom), custom
    situation = situations.known(slug)
    if situation is None:
        raise NotPossible("no_such_scenario", "scenario")
    return situation, None


def _persona(slug: str) -> str:
    if not slug:
        return all_personas()[0].slug
    try:
        return persona(slug).slug
    except UnknownPersona as unknown:
        raise NotPossible("no_such_persona", "persona") from unknown
