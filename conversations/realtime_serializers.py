"""What the call for a realtime secret takes and answers."""

from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.languages import LONGEST, code_of
from accounts.models import LearningProfile, User
from contract.choices import one_of
from conversations.models import TutorSession
from conversations.realtime import Wanted, wanted_by
from conversations.situations import known
from conversations.tutor_selectors import messages_of, sessions_of


class RealtimeTalkSerializer(serializers.Serializer[Any]):
    """What the talk is to be about, or which one is to go on."""

    session = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text="An open talk of one's own that goes on; all else is taken from it.",
    )
    target_language = serializers.CharField(
        required=False,
        max_length=LONGEST,
        help_text="The language to talk, by name or BCP 47 code, unless `session` is named.",
    )
    level = serializers.ChoiceField(
        choices=LearningProfile.Level.choices,
        required=False,
        default=LearningProfile.Level.A1,
        error_messages=one_of(LearningProfile.Level.values),
    )
    scenario = serializers.CharField(
        max_length=100, required=False, default="", help_text="`slug` of a situation."
    )

    def validate_target_language(self, value: str) -> str:
        """Its code."""
        return code_of(value)

    def validate_scenario(self, value: str) -> str:
        """One that there is."""
        if value and known(value) is None:
            raise serializers.ValidationError(_("There is no such situation."), "no_such_scenario")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Either says what it is about."""
        if "session" not in attrs and "target_language" not in attrs:
            message = _("Say which language, or name a talk.")
            raise serializers.ValidationError({"target_language": message}, "required")
        return attrs

    def wanted(self, user: User) -> Wanted:
        """What was sent, once it is valid. Raises ValidationError where `session` is not there."""
        sent = cast("dict[str, Any]", self.validated_data)
        if "session" not in sent:
            return Wanted(
                language_code=sent["target_language"],
                native_language=user.native_language,
                level=sent["level"],
                situation=known(sent["scenario"]),
            )
        open_talks = sessions_of(user).filter(state=TutorSession.State.OPEN)
        session = open_talks.filter(pk=sent["session"]).first()
        if session is None:
            message = _("You have no open talk of this number.")
            raise serializers.ValidationError({"session": message}, "no_such_session")
        return wanted_by(session, messages_of(session))


class RealtimeSecretSerializer(serializers.Serializer[Any]):
    """A secret for one talk, never the account's key."""

    value = serializers.CharField()
    expires_at = serializers.DateTimeField(help_text="Until when a talk can be begun with it.")
    model = serializers.CharField()
    calls_url = serializers.URLField(help_text="Where to send the WebRTC offer.")
