"""What single kinds of practice take and give: a wish for a question, what a session came to."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from contract.choices import one_of
from contract.ids import MAX_ID
from practice.models import LONGEST_SESSION, Kind, Level, Question
from speech_sessions.serializers.sessions import AnalysisStateSerializer

# Kinds that need no sequence.
WITHOUT_SEQUENCE = (Kind.FREE, Kind.TABLE_TOPICS, Kind.INTERVIEW, Kind.FILLER_FREE)


def _one_of(choices: Any, **options: Any) -> serializers.ChoiceField:
    values = [value for value, _name in choices]
    return serializers.ChoiceField(
        choices=choices,
        required=False,
        allow_blank=True,
        default="",
        error_messages=one_of(values),
        **options,
    )


def _text() -> serializers.CharField:
    return serializers.CharField(required=False, allow_blank=True, default="", max_length=60)


@extend_schema_serializer(
    examples=[
        OpenApiExample("A hard opinion", value={"category": "opinion", "level": "hard"}),
        OpenApiExample("For a job", value={"role": "Nurse", "competence": "Judgement"}),
        OpenApiExample("Anything", value={}),
    ]
)
class WishSerializer(serializers.Serializer[Any]):
    """What the question is to be about; what is left out does not matter.

    `category` counts for table topics and the filler-free challenge, `role` and `competence` for
    interviews.
    """

    category = _one_of(Question.Category.choices)
    level = _one_of(Level.choices)
    role = _text()
    competence = _text()


@extend_schema_serializer(
    examples=[
        OpenApiExample("A sequence", value={"sequence_id": 2}),
        OpenApiExample("Free practice", value={}),
        OpenApiExample("An interview", value={"kind": "interview", "role": "Nurse"}),
        OpenApiExample("Three minutes", value={"kind": "filler_free", "planned_seconds": 180}),
    ]
)
class StartSerializer(WishSerializer):
    """What to practise; nothing for free practice."""

    sequence_id = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=MAX_ID
    )
    kind = _one_of(
        [(kind.value, kind.label) for kind in WITHOUT_SEQUENCE],
        help_text="Without a sequence; that of a sequence counts.",
    )
    question_id = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=MAX_ID,
        help_text="Begins with this question in place of one that is drawn.",
    )
    planned_seconds = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=LONGEST_SESSION,
        help_text="How long to speak; without a sequence only.",
    )


class RecordingSerializer(serializers.Serializer[Any]):
    """What was said in a practice."""

    audio_file = serializers.FileField(help_text="Any format that speech sessions take.")


@extend_schema_serializer(
    examples=[OpenApiExample("Stored", value={"id": 12, "url": "/speech-sessions/12/"})]
)
class KeptRecordingSerializer(serializers.Serializer[Any]):
    """The speech session that a recording became."""

    id = serializers.IntegerField()
    url = serializers.CharField(help_text="Its page.")


class _HeardSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    start = serializers.FloatField(help_text="Seconds from the start of the recording.")
    end = serializers.FloatField()


class _FillerFreeSerializer(serializers.Serializer[Any]):
    fillers = _HeardSerializer(many=True)
    talk = serializers.FloatField(help_text="From the first word to the last, in seconds.")
    a_minute = serializers.FloatField(help_text="Fillers a minute of talk.")
    longest = serializers.FloatField(help_text="The longest stretch without one, in seconds.")
    longest_from = serializers.FloatField()
    longest_until = serializers.FloatField()


class _TrySerializer(serializers.Serializer[Any]):
    session_id = serializers.IntegerField()
    talk = serializers.FloatField()
    a_minute = serializers.FloatField()
    longest = serializers.FloatField()


class _RungSerializer(serializers.Serializer[Any]):
    title = serializers.CharField()
    target = serializers.IntegerField(allow_null=True, help_text="Words a minute to hold.")
    pace = serializers.FloatField(allow_null=True, help_text="Words a minute; null: too early.")
    verdict = serializers.ChoiceField(
        choices=("held", "slower", "faster", "too_early"), allow_null=True
    )


class _FigureSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    value = serializers.FloatField(help_text="0 to 1.")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A pace ladder",
            value={
                "analysis": {"state": "done", "stage": "", "progress": 100, "error": None},
                "praise": "",
                "next_step": "Start with “140 words a minute”: longer pauses, not longer words.",
                "strength": "Six of the 7 pauses stand between clauses.",
                "fillers": None,
                "tries": [],
                "rungs": [
                    {
                        "title": "140 words a minute",
                        "target": 140,
                        "pace": 163.2,
                        "verdict": "faster",
                    }
                ],
                "reading": [],
            },
        )
    ]
)
class ResultSerializer(serializers.Serializer[Any]):
    """How a session went: sentences, and what its kind measures of the recording."""

    analysis = AnalysisStateSerializer(
        allow_null=True, help_text="How far the analysis of its recording is; null without one."
    )
    praise = serializers.CharField(help_text="Empty where nothing deserves a word.")
    next_step = serializers.CharField(help_text="Empty where nothing follows.")
    strength = serializers.CharField(help_text="What went well, by the report.")
    fillers = _FillerFreeSerializer(
        allow_null=True, help_text="Of the filler-free challenge; null: too early to say."
    )
    tries = _TrySerializer(many=True, help_text="The tries before, newest first.")
    rungs = _RungSerializer(many=True, help_text="The steps of a pace ladder.")
    reading = _FigureSerializer(many=True, help_text="What was read aloud, against its text.")
