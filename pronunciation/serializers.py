"""Attempts, as the API takes and gives them."""

import re
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.reverse import reverse

from accounts.languages import LONGEST as LONGEST_LANGUAGE
from accounts.languages import code_of
from pronunciation.models import LONGEST_TEXT, Attempt
from pronunciation.notices import failure_of, reliability_of

_A_WORD = re.compile(r"[^\W_]")
_VERDICTS = ("said", "unclear", "other", "left_out", "not_judged")


class AssessSerializer(serializers.Serializer[Any]):
    """A recording, what was to be said, and in which language."""

    audio = serializers.FileField(help_text="At most half a minute.")
    text = serializers.CharField(max_length=LONGEST_TEXT)
    language = serializers.CharField(
        max_length=LONGEST_LANGUAGE,
        default="en",
        help_text="A name or a BCP 47 code. English is judged by its sounds, others by words.",
    )

    def validate_text(self, text: str) -> str:
        """It holds something to say."""
        if not _A_WORD.search(text):
            raise serializers.ValidationError(_("Write something that can be said."), "no_words")
        return " ".join(text.split())

    def validate_language(self, language: str) -> str:
        """As a code."""
        return code_of(language)[:LONGEST_LANGUAGE]


class PronouncedPhoneSerializer(serializers.Serializer[Any]):
    """A sound in ARPABET; `heard`: the one that fits clearly better, if another does."""

    name = serializers.CharField()
    score = serializers.IntegerField(min_value=0, max_value=100)
    heard = serializers.CharField(allow_null=True)
    start = serializers.FloatField()
    end = serializers.FloatField()


class PronouncedWordSerializer(serializers.Serializer[Any]):
    """A word of the text. `heard`: what was understood in its place."""

    text = serializers.CharField()
    verdict = serializers.ChoiceField(_VERDICTS)
    score = serializers.IntegerField(allow_null=True, min_value=0, max_value=100)
    heard = serializers.CharField(allow_null=True)
    start = serializers.FloatField(allow_null=True)
    end = serializers.FloatField(allow_null=True)
    phones = PronouncedPhoneSerializer(many=True)


class ReadingFluencySerializer(serializers.Serializer[Any]):
    """Pace and pauses (0.25 s and longer); seconds from the first sound to the last."""

    speech_rate = serializers.FloatField(allow_null=True, help_text="Words a minute.")
    articulation_rate = serializers.FloatField(allow_null=True, help_text="Syllables a second.")
    pauses = serializers.IntegerField()
    seconds = serializers.FloatField()
    pause_seconds = serializers.FloatField()
    longest_pause = serializers.FloatField()


class PronunciationFoundSerializer(serializers.Serializer[Any]):
    """What was found. `judged`: by `sounds`, or only by the `words` that were understood."""

    judged = serializers.ChoiceField(("sounds", "words"))
    completeness = serializers.FloatField(help_text="The share of the words that were said, 0-1.")
    words = PronouncedWordSerializer(many=True)
    added = serializers.ListField(child=serializers.CharField())
    heard = serializers.CharField(help_text="All that was understood.")
    fluency = ReadingFluencySerializer()
    pitch = serializers.ListField(
        child=serializers.FloatField(), help_text="Hz every `pitch_step` seconds, 0: no voice."
    )
    pitch_step = serializers.FloatField()
    duration_seconds = serializers.FloatField()


class PronunciationReliabilitySerializer(serializers.Serializer[Any]):
    """How far the numbers can be trusted."""

    level = serializers.ChoiceField(("estimated", "low"))
    reason = serializers.CharField()


_EXAMPLE = {
    "id": 12,
    "language": "en",
    "text": "Good morning",
    "state": "done",
    "error": None,
    "overall": 78,
    "result": {
        "judged": "sounds",
        "completeness": 1.0,
        "words": [
            {
                "text": "Good",
                "verdict": "said",
                "score": 84,
                "heard": None,
                "start": 0.31,
                "end": 0.52,
                "phones": [
                    {"name": "G", "score": 81, "heard": None, "start": 0.31, "end": 0.37},
                    {"name": "UH", "score": 77, "heard": None, "start": 0.37, "end": 0.46},
                    {"name": "D", "score": 80, "heard": None, "start": 0.46, "end": 0.52},
                ],
            },
            {
                "text": "morning",
                "verdict": "other",
                "score": None,
                "heard": "evening",
                "start": 0.52,
                "end": 0.98,
                "phones": [],
            },
        ],
        "added": [],
        "heard": "Good evening.",
        "fluency": {
            "speech_rate": 134.3,
            "articulation_rate": 4.48,
            "pauses": 0,
            "seconds": 0.67,
            "pause_seconds": 0.0,
            "longest_pause": 0.0,
        },
        "pitch": [0.0, 118.2, 121.7],
        "pitch_step": 0.032,
        "duration_seconds": 1.2,
    },
    "reliability": {"level": "estimated", "reason": "Sounds are compared with American English."},
    "heard_by": "faster-whisper base",
    "audio_url": "https://coach.example.org/api/v1/pronunciation/attempts/12/audio/",
    "created_at": "2026-11-20T09:14:03Z",
}


@extend_schema_serializer(
    examples=[OpenApiExample("attempt", value=_EXAMPLE, response_only=True)],
)
class AttemptSerializer(serializers.ModelSerializer[Attempt]):
    """One try at a sentence; `result` is null until it is judged, `error` says why it was not."""

    error = serializers.SerializerMethodField()
    result = serializers.SerializerMethodField()
    reliability = serializers.SerializerMethodField()
    audio_url = serializers.SerializerMethodField()

    class Meta:
        model = Attempt
        fields = (
            "id",
            "language",
            "text",
            "state",
            "error",
            "overall",
            "result",
            "reliability",
            "heard_by",
            "audio_url",
            "created_at",
        )
        read_only_fields = fields

    def get_error(self, attempt: Attempt) -> str | None:
        """The sentence that says why."""
        return failure_of(attempt.error)[1] if attempt.error else None

    @extend_schema_field(PronunciationFoundSerializer(allow_null=True))
    def get_result(self, attempt: Attempt) -> dict[str, Any] | None:
        """All that was found."""
        return PronunciationFoundSerializer(attempt.result).data if attempt.result else None

    @extend_schema_field(PronunciationReliabilitySerializer(allow_null=True))
    def get_reliability(self, attempt: Attempt) -> dict[str, str] | None:
        """Of the numbers."""
        return reliability_of(attempt) if attempt.result else None

    @extend_schema_field(
        serializers.URLField(
            allow_null=True, help_text="Null once the recording was deleted, as its speaker chose."
        )
    )
    def get_audio_url(self, attempt: Attempt) -> str | None:
        """Where it can be heard again."""
        if not attempt.audio:
            return None
        request = self.context.get("request")
        return reverse("pronunciation-attempt-audio", args=(attempt.pk,), request=request)
