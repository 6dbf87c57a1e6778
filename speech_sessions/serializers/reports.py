"""What was measured, as the API describes it. These shapes are answered as selectors give them."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

_EVENT = {
    "type": "filled_pause",
    "start": 3.42,
    "end": 3.81,
    "text": "um",
    "confidence": 0.93,
    "tier": "sure",
    "first_word": 7,
    "last_word": 7,
}
_MEASURE = {
    "name": "speech_rate",
    "value": 148.2,
    "unit": "wpm",
    "band": {
        "label": "good",
        "position": "inside",
        "low": 120,
        "high": 165,
        "source": "estimate",
    },
    "reliability": {"level": "high", "reason": ""},
    "evidence": [[0.4, 61.7]],
    "formula_version": 2,
}


class WordSerializer(serializers.Serializer[Any]):
    """One word and when it was said."""

    text = serializers.CharField()
    start = serializers.FloatField(allow_null=True, help_text="Seconds from the start of the file.")
    end = serializers.FloatField(allow_null=True)
    confidence = serializers.FloatField(allow_null=True, help_text="0 to 1.")
    origin = serializers.ChoiceField(
        choices=["recognised", "sound"],
        required=False,
        help_text="Where it comes from: written by recognition, or a filled pause found by sound.",
    )
    doubted = serializers.BooleanField(
        required=False, help_text="A filled pause that the sound does not bear out."
    )


class TranscriptSerializer(serializers.Serializer[Any]):
    """What was said."""

    text = serializers.CharField(allow_blank=True)
    timing = serializers.CharField(help_text="How finely the times are known.")
    words = WordSerializer(many=True)


class BandSerializer(serializers.Serializer[Any]):
    """Where a value lies among those usual for its context; products disagree, none is law."""

    label = serializers.ChoiceField(  # type: ignore[assignment]  # a field of that name
        choices=["good", "fair", "far"]
    )
    position = serializers.ChoiceField(choices=["below", "inside", "above"])
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]


class ReliabilitySerializer(serializers.Serializer[Any]):
    """How far to trust a value, and why."""

    level = serializers.ChoiceField(choices=["high", "estimated", "low"])
    reason = serializers.CharField(allow_blank=True)


class MeasureSerializer(serializers.Serializer[Any]):
    """One number, with all that is needed to understand it."""

    name = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    unit = serializers.CharField()
    band = BandSerializer(allow_null=True)
    reliability = ReliabilitySerializer()
    evidence = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField()),
        help_text="Spans of the recording, `[start, end]` in seconds.",
    )
    formula_version = serializers.IntegerField()


@extend_schema_serializer(examples=[OpenApiExample("A filled pause", value=_EVENT)])
class EventSerializer(serializers.Serializer[Any]):
    """One thing that happened in the recording."""

    type = serializers.CharField(
        help_text="filled_pause, lexical_filler, repetition, pause, prolongation, false_start …"
    )
    start = serializers.FloatField(
        allow_null=True,
        help_text="Seconds from the start of the file; null in a report made from text alone.",
    )
    end = serializers.FloatField(allow_null=True)
    text = serializers.CharField(allow_blank=True)
    confidence = serializers.FloatField(allow_null=True)
    tier = serializers.ChoiceField(choices=["sure", "possible"])
    first_word = serializers.IntegerField(
        allow_null=True, help_text="From 0, in the words of the transcript."
    )
    last_word = serializers.IntegerField(allow_null=True)


class SaidSerializer(serializers.Serializer[Any]):
    """Something said more than once."""

    text = serializers.CharField()
    count = serializers.IntegerField()
    evidence = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField()),
        help_text="When each time, `[start, end]` in seconds; empty without times.",
    )


class WordingSerializer(serializers.Serializer[Any]):
    """The content words leaned on most, and the words that sentences start with."""

    leaned_on = SaidSerializer(many=True)
    starters = SaidSerializer(many=True)


class MessageSerializer(serializers.Serializer[Any]):
    """A sentence, with its id and parameters for who translates it."""

    id = serializers.CharField()
    params = serializers.DictField()
    text = serializers.CharField()


class RewordingSerializer(serializers.Serializer[Any]):
    """What became of asking a language model for other words; only ever on the owner's wish."""

    prompt = serializers.CharField(help_text="Name and version of the prompt.")
    outcome = serializers.ChoiceField(
        choices=["used", "rejected", "unavailable"],
        help_text="used: its sentences are shown. rejected: they said something that the facts do"
        " not. unavailable: nobody answered in time.",
    )
    reason = serializers.CharField(allow_blank=True, help_text="Why it was not used.")
    provider = serializers.CharField(allow_null=True)
    model = serializers.CharField(allow_null=True)
    host = serializers.CharField(allow_null=True, help_text="The machine that was asked.")
    leaves_machine = serializers.BooleanField(
        allow_null=True, help_text="Whether the facts were sent to another machine."
    )
    answers = serializers.IntegerField(
        help_text="How many came; after one that was rejected it is asked once more."
    )
    seconds = serializers.FloatField(allow_null=True)
    input_tokens = serializers.IntegerField(allow_null=True)
    output_tokens = serializers.IntegerField(allow_null=True)
    passed_over = serializers.ListField(
        child=serializers.CharField(), help_text="Who was asked before in vain, and why."
    )
    sentences = serializers.DictField(
        child=serializers.CharField(), help_text="Its sentences by name; empty unless used."
    )


class FeedbackSerializer(serializers.Serializer[Any]):
    """One strength, one thing to practise, and how; null where nothing can be claimed."""

    strength = serializers.CharField(allow_null=True)
    focus = serializers.CharField(allow_null=True)
    why = serializers.CharField(allow_null=True)
    drill = serializers.CharField(allow_null=True)
    goal = serializers.CharField(allow_null=True)
    comparison = serializers.CharField(
        allow_null=True, help_text="The number against one's own last five."
    )
    clip = serializers.ListField(
        child=serializers.FloatField(), allow_null=True, help_text="`[start, end]`."
    )
    measure = serializers.CharField(allow_null=True, help_text="What the focus is about.")
    messages = serializers.DictField(
        help_text="By the name of the sentence: its id and parameters, for translation, and the"
        " rules' own text, which a language model may have reworded."
    )
    rewording = RewordingSerializer(
        allow_null=True, required=False, help_text="null where no language model was asked."
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A report",
            value={
                "version": 1,
                "duration_seconds": 62.1,
                "language": "en",
                "language_confidence": 0.99,
                "kind": "talk",
                "transcript": {
                    "text": "Good morning, um, and thank you.",
                    "timing": "words",
                    "words": [{"text": "Good", "start": 0.4, "end": 0.62, "confidence": 0.98}],
                },
                "measures": [_MEASURE],
                "events": [_EVENT],
                "series": {"local_pace": [[5.0, 142.0], [6.0, 146.0]]},
                "words": {
                    "leaned_on": [{"text": "support", "count": 4, "evidence": [[3.1, 3.6]]}],
                    "starters": [{"text": "so", "count": 3, "evidence": [[0.4, 0.6]]}],
                },
                "feedback": {
                    "strength": "Your pace stayed within the usual range all the way.",
                    "focus": "Let a silent pause stand where an um was.",
                    "why": "Listeners hear many of them as searching for words.",
                    "drill": "Say the same sentence again and breathe before each new thought.",
                    "goal": "Fewer than 3 filled pauses a minute.",
                    "comparison": None,
                    "clip": [2.1, 6.4],
                    "measure": "filled_pauses_per_minute",
                    "messages": {},
                    "rewording": None,
                },
                "pacing": [],
                "notices": [],
                "engine": {"transcriber": "faster-whisper"},
            },
        )
    ]
)
class ReportSerializer(serializers.Serializer[Any]):
    """Everything that was measured in one analysis; corrections by hand do not change it."""

    version = serializers.IntegerField()
    duration_seconds = serializers.FloatField()
    language = serializers.CharField()
    language_confidence = serializers.FloatField(allow_null=True)
    kind = serializers.CharField()
    transcript = TranscriptSerializer()
    measures = MeasureSerializer(many=True)
    events = EventSerializer(many=True)
    series = serializers.DictField(
        child=serializers.ListField(child=serializers.ListField(child=serializers.FloatField())),
        help_text="What is drawn, such as local_pace: `[[seconds, words a minute], …]`.",
    )
    words = WordingSerializer(required=False, help_text="Reports of the first formulas have none.")
    feedback = FeedbackSerializer()
    pacing = MessageSerializer(many=True, help_text="The paragraph about pace, by sentence.")
    notices = MessageSerializer(many=True, help_text="What limits the report as a whole.")
    engine = serializers.DictField()


@extend_schema_serializer(
    examples=[OpenApiExample("Peaks", value={"peaks": [0.02, 0.41, 0.37], "duration": 62.1})]
)
class PeaksSerializer(serializers.Serializer[Any]):
    """The recording's outline, to draw it without decoding it."""

    peaks = serializers.ListField(
        child=serializers.FloatField(min_value=0, max_value=1),
        help_text="Evenly spread over the recording; empty until it was read.",
    )
    duration = serializers.FloatField(help_text="Seconds.")


class TrendSerializer(serializers.Serializer[Any]):
    """Whether a measure rises or falls, with its 95 % interval."""

    measure = serializers.CharField()
    slope_per_month = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    verdict = serializers.ChoiceField(choices=["rising", "falling", "steady", "too early to say"])


class HighlightSerializer(serializers.Serializer[Any]):
    """A moment worth listening to again."""

    text = serializers.CharField()
    session = serializers.IntegerField()
    start = serializers.FloatField(allow_null=True)
    end = serializers.FloatField(allow_null=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Two weeks",
            value={
                "totals": {"sessions": 6, "seconds": 412, "words": 980, "fillers": 31},
                "averages": {"speech_rate": 146.3, "fillers_per_minute": 4.5},
                "series": [
                    {"bucket": "2026-11-09", "sessions": 2, "speech_rate": 141.0},
                    {"bucket": "2026-11-16", "sessions": 4, "speech_rate": 149.0},
                ],
                "trends": [
                    {
                        "measure": "speech_rate",
                        "slope_per_month": 6.1,
                        "low": 1.2,
                        "high": 11.4,
                        "verdict": "rising",
                    }
                ],
                "this_month_vs_last": {"sessions": {"this": 6, "last": 0, "change": 6}},
                "highlights": [{"text": "A calm opening.", "session": 7, "start": 0.4, "end": 5.2}],
            },
        )
    ]
)
class AnalyticsSerializer(serializers.Serializer[Any]):
    """A person's numbers over time. What nobody has measured yet is null."""

    totals = serializers.DictField(
        child=serializers.IntegerField(), help_text="sessions, seconds, words, fillers."
    )
    averages = serializers.DictField(
        child=serializers.FloatField(allow_null=True), help_text="By measure."
    )
    series = serializers.ListField(
        child=serializers.DictField(),
        help_text="One object a bucket: `bucket` (its first day) and the value of each measure.",
    )
    trends = TrendSerializer(many=True)
    this_month_vs_last = serializers.DictField(
        child=serializers.DictField(child=serializers.FloatField(allow_null=True)),
        help_text="By number: this, last, change.",
    )
    highlights = HighlightSerializer(many=True)
    measured_otherwise = serializers.IntegerField(
        help_text="Sessions measured by other formulas than the newest: left out of all but totals."
    )
