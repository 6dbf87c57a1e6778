"""Words, reviews and statistics, as the API takes and gives them."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.reverse import reverse

from contract.fields import SparseFieldsMixin
from contract.tombstones import TombstoneMixin
from flashcards import services
from flashcards.models import (
    LONGEST_MEANING,
    LONGEST_REVIEW_ID,
    LONGEST_SENTENCE,
    MOST_A_DAY,
    Card,
    Review,
)
from flashcards.scheduling import LEAST_RETENTION, MOST_RETENTION
from flashcards.sounds import LARGEST_SOUND, ending_of

CARD = {
    "id": 31,
    "word": "la manzana",
    "meaning": "the apple",
    "sentence": "Quiero dos kilos de manzanas.",
    "language": "Spanish",
    "language_code": "es",
    "source": "At the market",
    "audio": None,
    "state": "review",
    "due_at": "2026-11-24T18:02:11Z",
    "last_review_at": "2026-11-21T18:02:11Z",
    "stability": 3.4,
    "difficulty": 5.3,
    "reviews": 3,
    "lapses": 0,
    "created_at": "2026-11-18T09:30:00Z",
    "updated_at": "2026-11-21T18:02:11Z",
}
_WRITABLE = ("word", "meaning", "sentence", "language", "source")
REVIEW = {"review_id": "phone-7f3e-12", "rating": 3, "reviewed_at": "2026-11-21T18:02:11Z"}


@extend_schema_field(OpenApiTypes.URI)
class SoundField(serializers.FileField):
    """A sound file of up to 1 MB, multipart; answered as the address it can be fetched from."""

    default_error_messages = {  # noqa: RUF012 - as the framework has it
        "too_large": _("A sound may have 1 MB at most."),
        "no_sound": _("Send a sound: WAV, MP3, Ogg, WebM, MP4 or FLAC."),
    }

    def to_internal_value(self, data: Any) -> UploadedFile | None:
        """The file, by a name that says what it is. An address that was answered keeps it."""
        file: UploadedFile = super().to_internal_value(data)
        if (file.size or 0) > LARGEST_SOUND:
            self.fail("too_large")
        ending = ending_of(file.read(16))
        file.seek(0)
        if ending is None:
            self.fail("no_sound")
        file.name = f"sound.{ending}"
        return file

    def to_representation(self, value: Any) -> str | None:
        """The absolute address, or None without one."""
        if not value:
            return None
        request = self.context.get("request")
        address: str = reverse("vocabulary-audio", args=(value.instance.pk,), request=request)
        return address

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """A client may send back what it got: an address or nothing keeps what is there."""
        if data in (None, "") or isinstance(data, str):
            raise serializers.SkipField
        return super().run_validation(data)


@extend_schema_serializer(
    examples=[
        OpenApiExample("A word", value=CARD, response_only=True),
        OpenApiExample("To add", value={name: CARD[name] for name in _WRITABLE}, request_only=True),
    ]
)
class CardSerializer(SparseFieldsMixin, TombstoneMixin, serializers.ModelSerializer[Card]):
    """A word and when it comes."""

    meaning = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_MEANING)
    sentence = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_SENTENCE)
    audio = SoundField(required=False, allow_null=True, help_text="Multipart, at most 1 MB.")

    class Meta:
        model = Card
        fields = tuple(CARD)
        read_only_fields = tuple(name for name in CARD if name not in (*_WRITABLE, "audio"))
        extra_kwargs = {  # noqa: RUF012 - as the framework has it
            "word": {"help_text": "Once a language, whatever its case; else 409 `word_taken`."},
            "language": {"help_text": "A name or a BCP 47 code; comes back as sent."},
            "source": {"help_text": "Where it was met, in your words."},
            "state": {"help_text": "`new`, `learning`, `review` (learned) or `relearning`."},
            "due_at": {"help_text": "Learned words come all through that day."},
            "stability": {"help_text": "Days until it is remembered with 90 %."},
            "difficulty": {"help_text": "1 to 10."},
            "lapses": {"help_text": "How often it was forgotten once it had been learned."},
        }

    def create(self, validated_data: dict[str, Any]) -> Card:
        """A new one of who asks."""
        return services.add(self.context["request"].user, validated_data)

    def update(self, instance: Card, validated_data: dict[str, Any]) -> Card:
        """The word, changed."""
        return services.change(instance, validated_data)


def review_id_field() -> serializers.RegexField:
    """What a client calls a review."""
    return serializers.RegexField(
        r"\A[\x21-\x7e]+\Z",
        max_length=LONGEST_REVIEW_ID,
        required=False,
        help_text="The client's own name of this review, printable ASCII: under it it counts once.",
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Good", value={"rating": 3, "review_id": REVIEW["review_id"]}, request_only=True
        )
    ]
)
class RateCardSerializer(serializers.Serializer[Any]):
    """How it went."""

    rating = serializers.IntegerField(
        min_value=1, max_value=4, help_text="1 again, 2 hard, 3 good, 4 easy."
    )
    review_id = review_id_field()
    at = serializers.DateTimeField(
        required=False,
        help_text="When it happened, for reviews made offline: at most 30 days ago. Now, if not.",
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample("One", value={"review_id": REVIEW["review_id"]}, request_only=True),
        OpenApiExample("The newest", value={}, request_only=True),
    ]
)
class UndoCardSerializer(serializers.Serializer[Any]):
    """Which review is taken back: the newest, unless named."""

    review_id = review_id_field()


class CardReviewSerializer(serializers.ModelSerializer[Review]):
    """One review."""

    class Meta:
        model = Review
        fields = ("review_id", "rating", "reviewed_at")


class CardReviewedSerializer(serializers.Serializer[Any]):
    """The word after a review, and the review."""

    card = CardSerializer()
    review = CardReviewSerializer()


class VocabularyLimitsSerializer(serializers.Serializer[Any]):
    """How much one wants to do a day."""

    new_a_day = serializers.IntegerField(min_value=0, max_value=MOST_A_DAY, required=False)
    reviews_a_day = serializers.IntegerField(
        min_value=0,
        max_value=MOST_A_DAY,
        required=False,
        help_text="Of learned words; those in their short steps always come.",
    )
    desired_retention = serializers.FloatField(
        min_value=LEAST_RETENTION,
        max_value=MOST_RETENTION,
        required=False,
        help_text="The share of words to be remembered when they come; more means more reviews.",
    )

    def validate_desired_retention(self, value: float) -> float:
        """A number; "nan" is none."""
        if value != value:
            raise serializers.ValidationError(_("A valid number is required."), "invalid")
        return value
