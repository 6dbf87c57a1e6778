"""A speech session, as the API takes and gives it."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from contract.choices import one_of
from contract.fields import SparseFieldsMixin
from contract.tombstones import TombstoneMixin
from speech_sessions import selectors, services
from speech_sessions.models import DeletedSession, SpeechSession
from speech_sessions.serializers.fields import (
    FiniteField,
    KindField,
    MomentField,
    RecordingField,
    TagsField,
)

MAX_SECONDS = 2_147_483_647
_BY_HAND = ("filler_count", "pacing_analysis", "confidence_score")

_EXAMPLE = {
    "id": 7,
    "user": 3,
    "title": "Rehearsal of Friday's talk",
    "date": "2026-11-20T09:30:00Z",
    "duration": 62,
    "filler_count": 4,
    "pacing_analysis": "You spoke at 148 words a minute, within the usual range for a talk.",
    "status": "analyzed",
    "kind": "talk",
    "language": "en",
    "tags": ["work"],
    "script": "",
    "audio_file": "https://coach.example.org/api/v1/speech-sessions/7/audio/",
    "transcription": "Good morning, and um, thank you for coming.",
    "confidence_score": 0.91,
    "created_at": "2026-11-20T09:31:04Z",
    "updated_at": "2026-11-20T09:31:19Z",
    "analysis": {"state": "done", "stage": "feedback", "progress": 100, "error": None},
}


class AnalysisErrorSerializer(serializers.Serializer[Any]):
    """Why the analysis failed."""

    code = serializers.CharField(help_text="A short name for programs.")
    message = serializers.CharField(help_text="What is wrong and what to do.")


class AnalysisStateSerializer(serializers.Serializer[Any]):
    """How far the newest analysis is."""

    state = serializers.ChoiceField(
        choices=["queued", "running", "done", "failed", "nothing_to_analyse"]
    )
    stage = serializers.CharField(
        help_text="decode, transcribe, measure or feedback; empty without an analysis."
    )
    progress = serializers.IntegerField(min_value=0, max_value=100, help_text="Percent.")
    error = AnalysisErrorSerializer(allow_null=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "An analysed recording",
            value=_EXAMPLE,
            response_only=True,
            status_codes=["200", "201", "202"],
        ),
        OpenApiExample(
            "Without a recording",
            value={"duration": 300, "transcription": "Good morning, and um, thank you for coming."},
            request_only=True,
            media_type="application/json",
        ),
    ]
)
class SessionSerializer(
    SparseFieldsMixin, TombstoneMixin, serializers.ModelSerializer[SpeechSession]
):
    """A speech session. Values set by hand win; the machine's are kept in the report."""

    user: Any = serializers.PrimaryKeyRelatedField(read_only=True)
    date = MomentField(required=False)
    duration = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=MAX_SECONDS,
        help_text="Seconds. Needed without a recording; with one, the measured duration wins.",
    )
    filler_count = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=MAX_SECONDS,
        help_text="Filled pauses and lexical fillers of the sure tier; 0 until analysed.",
    )
    kind = KindField(
        choices=SpeechSession.Kind.choices,
        required=False,
        error_messages=one_of(SpeechSession.Kind.values),
    )
    status = serializers.ChoiceField(
        choices=SpeechSession.Status.choices,
        required=False,
        error_messages=one_of(SpeechSession.Status.values),
    )
    language = serializers.RegexField(
        r"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z",
        required=False,
        max_length=35,
        error_messages={"invalid": _("Send a language code such as en, es or pt-BR.")},
        help_text="BCP 47, such as en, es or pt-BR.",
    )
    tags = TagsField(required=False, max_length=20)
    audio_file = RecordingField(
        required=False,
        allow_null=True,
        allow_empty_file=True,  # the service says what is wrong with it, as it does for pages
        max_length=None,
        error_messages={"invalid": _("Send the recording itself, as multipart/form-data.")},
        help_text="Sent: the recording. Answered: the absolute address of `{id}/audio/`, or null.",
    )
    confidence_score = FiniteField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=1,
        help_text="0 to 1; null until analysed.",
    )
    created_at = MomentField(read_only=True)
    updated_at = MomentField(read_only=True)
    analysis = serializers.SerializerMethodField()

    class Meta:
        model = SpeechSession
        extra_kwargs: ClassVar = {
            "script": {"help_text": "The text to read aloud; a read-aloud is held against it."}
        }
        fields = (
            "id",
            "user",
            "title",
            "date",
            "duration",
            "filler_count",
            "pacing_analysis",
            "status",
            "kind",
            "language",
            "tags",
            "script",
            "audio_file",
            "transcription",
            "confidence_score",
            "created_at",
            "updated_at",
            "analysis",
        )

    @extend_schema_field(AnalysisStateSerializer)
    def get_analysis(self, session: SpeechSession) -> Mapping[str, Any]:
        """How far the newest analysis is."""
        return selectors.analysis_state(session)

    def to_representation(self, instance: SpeechSession | DeletedSession) -> dict[str, Any]:
        """The session; of a deleted one the tombstone; another's words stay with them."""
        fields: dict[str, Any] = super().to_representation(instance)
        request = self.context.get("request")
        if request is not None and request.user.pk != instance.user_id:
            fields.pop("transcription", None)
            fields.pop("script", None)
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A new session without a recording has at least a duration."""
        if self.instance is None and "audio_file" not in attrs and not attrs.get("duration"):
            code = "min_value" if attrs.get("duration") == 0 else "required"
            sentence = _("Without a recording, send how long it was: a duration of 1 s or more.")
            raise serializers.ValidationError({"duration": [sentence]}, code)
        return attrs

    def create(self, validated_data: dict[str, Any]) -> SpeechSession:
        """A new session: from a recording, or from what was written down."""
        user = self.context["request"].user
        audio = validated_data.pop("audio_file", None)
        status = validated_data.pop("status", SpeechSession.Status.PENDING)
        hand_set = {name: validated_data.pop(name, None) for name in _BY_HAND}
        if audio is not None:
            hand_set["transcription"] = validated_data.pop("transcription", None)
        # A client that sends every field, empty or 0, has not set them.
        validated_data["hand_set"] = {name: value for name, value in hand_set.items() if value}
        if audio is None:
            session = services.create_record(user, **validated_data)
        else:
            session = services.submit_recording(user, audio, **validated_data)
        return services.update_session(session, {"status": status})

    def update(self, instance: SpeechSession, validated_data: dict[str, Any]) -> SpeechSession:
        """The session, changed; a recording that was not sent again stays."""
        audio = validated_data.pop("audio_file", None)
        return services.update_session(instance, validated_data, audio)
