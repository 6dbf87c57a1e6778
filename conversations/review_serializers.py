"""What a finished talk came to, as the API tells it."""

from typing import Any

from rest_framework import serializers

from conversations.scenario_serializers import WordMeaningSerializer
from speech_sessions.serializers.reports import MeasureSerializer

REVIEW = {
    "state": "done",
    "turns_to_measure": 6,
    "turns_measured": 6,
    "summary": [
        "You did 3 of 4 things you came for.",
        "What came back most, 2 times: “two bread” for “two slices of bread”.",
    ],
    "turns": 6,
    "words": 74,
    "seconds_spoken": 41.3,
    "corrections": [
        {
            "rule": "uncounted",
            "why": "Bread is not counted; its slices are.",
            "times": 2,
            "examples": [
                {
                    "said": "two bread",
                    "better": "two slices of bread",
                    "why": "Bread is not counted; its slices are.",
                    "sentence": "I want a soup and two bread.",
                    "position": 1,
                }
            ],
        }
    ],
    "new_words": [
        {
            "word": "the bill",
            "meaning": "the paper that says what you pay",
            "sentence": "Could I have the bill, please?",
        }
    ],
    "fluency": [
        {
            "name": "articulation_rate",
            "value": 3.42,
            "unit": "syllables/s",
            "band": None,
            "reliability": {
                "level": "estimated",
                "reason": "Syllables are counted in the recognised words.",
            },
            "formula_version": 4,
            "evidence": [{"position": 3, "start": 1.2, "end": 2.4}],
        }
    ],
    "not_measured": "",
    "level": {
        "estimate": "A1",
        "low": "A1",
        "high": "A1",
        "reasons": ["You got 3 of 4 things done in a situation of level A1."],
    },
    "next_topics": [
        {
            "slug": "ordering-food",
            "title": "Ordering food",
            "level": "A1",
            "why": "1 thing is still open here.",
        }
    ],
}


class CorrectedSerializer(serializers.Serializer[Any]):
    """What was said once, in the learner's own sentence."""

    said = serializers.CharField()
    better = serializers.CharField()
    why = serializers.CharField(allow_blank=True)
    sentence = serializers.CharField(allow_blank=True)
    position = serializers.IntegerField(help_text="Of the turn it was said in.")


class CorrectionPatternSerializer(serializers.Serializer[Any]):
    """What is the same mistake, and how often it came; five examples at most."""

    rule = serializers.CharField()
    why = serializers.CharField(allow_blank=True)
    times = serializers.IntegerField()
    examples = CorrectedSerializer(many=True)


class MetWordSerializer(WordMeaningSerializer):
    """A word that came in the talk, and the sentence in which it did."""

    sentence = serializers.CharField(allow_blank=True)


class TurnMomentSerializer(serializers.Serializer[Any]):
    """Where to hear it: the turn's `position` and seconds in its sound."""

    position = serializers.IntegerField()
    start = serializers.FloatField()
    end = serializers.FloatField()


class TurnsMeasureSerializer(MeasureSerializer):
    """A measure over all spoken turns, by the formulas of recordings; null where it is hidden."""

    evidence = TurnMomentSerializer(many=True)


class LevelEstimateSerializer(serializers.Serializer[Any]):
    """Which CEFR levels the talk speaks for; `estimate`, `low` and `high` empty for none."""

    estimate = serializers.CharField(allow_blank=True)
    low = serializers.CharField(allow_blank=True)
    high = serializers.CharField(allow_blank=True)
    reasons = serializers.ListField(child=serializers.CharField())


class NextTopicSerializer(serializers.Serializer[Any]):
    """A situation to talk about next, and why."""

    slug = serializers.CharField()
    title = serializers.CharField()
    level = serializers.CharField()
    why = serializers.CharField()


class TalkReviewSerializer(serializers.Serializer[Any]):
    """What a talk came to. While `state` is `measuring`, `fluency` is empty and `level` null."""

    state = serializers.CharField(help_text="`measuring` or `done`.")
    turns_to_measure = serializers.IntegerField()
    turns_measured = serializers.IntegerField()
    summary = serializers.ListField(child=serializers.CharField())
    turns = serializers.IntegerField()
    words = serializers.IntegerField()
    seconds_spoken = serializers.FloatField()
    corrections = CorrectionPatternSerializer(many=True)
    new_words = MetWordSerializer(many=True)
    fluency = TurnsMeasureSerializer(many=True)
    not_measured = serializers.CharField(
        allow_blank=True, help_text="Why nothing was measured, where nothing was."
    )
    level = LevelEstimateSerializer(allow_null=True)
    next_topics = NextTopicSerializer(many=True)
