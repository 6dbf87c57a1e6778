"""What the OpenAPI description says of each call, beside what its code says."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    extend_schema,
    extend_schema_view,
)

from contract.documentation import (
    IDEMPOTENCY_KEY,
    IF_NONE_MATCH,
    KEY_REUSED,
    RANGE,
    STORED_SOUND,
)
from contract.schema import error_answer
from flashcards.report_serializers import (
    VocabularyImportedSerializer,
    VocabularyImportSerializer,
    VocabularyStatisticsSerializer,
)
from flashcards.serializers import (
    CARD,
    REVIEW,
    CardReviewedSerializer,
    CardSerializer,
    RateCardSerializer,
    UndoCardSerializer,
    VocabularyLimitsSerializer,
)

TAGS = ["Vocabulary"]
_LIMITS = {"new_a_day": 20, "reviews_a_day": 200, "desired_retention": 0.9}
_LANGUAGE = OpenApiParameter("language", str, description="A name or a code.")
_TAKEN = error_answer(
    "There is that word in that language already, one has 50,000 words, or the first request with "
    "this key is still running.",
    "word_taken",
    "You have “la manzana” already.",
    "word",
)
_ID_TAKEN = error_answer(
    "The `review_id` belongs to another review, or the first request with this key still runs.",
    "review_id_taken",
    "This review_id was used for another review. Take a new one.",
)
_NOTHING = error_answer(
    "There is no such review, or the first request with this key is still running.",
    "nothing_to_undo",
    "There is no review to take back.",
)
_EXAMPLE = OpenApiExample("After a review", value={"card": CARD, "review": REVIEW})
_MULTIPART = {"application/json": CardSerializer, "multipart/form-data": CardSerializer}

words = extend_schema_view(
    list=extend_schema(tags=TAGS, summary="List words", description="One's own, newest first."),
    create=extend_schema(
        tags=TAGS,
        summary="Add a word",
        description="A new word comes when the day has room for one.",
        parameters=[IDEMPOTENCY_KEY],
        request=_MULTIPART,
        responses={201: CardSerializer, 409: _TAKEN, 422: KEY_REUSED},
    ),
    retrieve=extend_schema(tags=TAGS, summary="Read a word", description="One of one's own."),
    update=extend_schema(
        tags=TAGS,
        summary="Replace a word",
        description="Its schedule stays.",
        request=_MULTIPART,
        responses={200: CardSerializer, 409: _TAKEN},
    ),
    partial_update=extend_schema(
        tags=TAGS,
        summary="Change a word",
        description="What is left out stays, and so does its schedule.",
        request=_MULTIPART,
        responses={200: CardSerializer, 409: _TAKEN},
    ),
    destroy=extend_schema(
        tags=TAGS,
        summary="Delete a word",
        description="With its reviews. Lists with `updated_after` tell that it is gone.",
    ),
)
due = extend_schema(
    tags=TAGS,
    summary="What is due now",
    description="In the order to be looked at, by the limits of the day in one's own zone: words "
    "in their short steps, learned ones, then new ones.",
    parameters=[_LANGUAGE],
    responses={200: CardSerializer(many=True)},
    filters=False,
)
review = extend_schema(
    tags=TAGS,
    summary="Rate a word",
    description="A review made offline takes its place by `at`: in whatever order devices report, "
    "the schedule is the same.",
    parameters=[IDEMPOTENCY_KEY],
    request=RateCardSerializer,
    responses={200: CardReviewedSerializer, 409: _ID_TAKEN, 422: KEY_REUSED},
    examples=[_EXAMPLE],
)
undo = extend_schema(
    tags=TAGS,
    summary="Take a review back",
    description="The newest, or the one named; the schedule is then as if it had never been. "
    "Name it where you may have to send this twice.",
    parameters=[IDEMPOTENCY_KEY],
    request=UndoCardSerializer,
    responses={200: CardReviewedSerializer, 409: _NOTHING, 422: KEY_REUSED},
    examples=[_EXAMPLE],
)
audio = extend_schema(
    tags=TAGS,
    summary="Hear a word",
    description="The sound of a word, whole or by Range; 404 where it has none.",
    parameters=[RANGE, IF_NONE_MATCH],
    responses=STORED_SOUND,
)
stats = extend_schema(
    tags=TAGS,
    summary="What was learned",
    description="Days are those of one's own time zone.",
    parameters=[_LANGUAGE],
    responses={200: VocabularyStatisticsSerializer},
    filters=False,
)
limits = extend_schema(
    tags=TAGS,
    summary="Daily limits",
    description="How much comes a day, and how surely it is to be remembered.",
    responses={200: VocabularyLimitsSerializer},
    examples=[OpenApiExample("The usual", value=_LIMITS)],
)
change_limits = extend_schema(
    tags=TAGS,
    summary="Change the daily limits",
    description="What is left out stays; words already scheduled keep their day.",
    request=VocabularyLimitsSerializer,
    responses={200: VocabularyLimitsSerializer},
    examples=[OpenApiExample("Fewer new words", value=_LIMITS | {"new_a_day": 5})],
)
import_words = extend_schema(
    tags=TAGS,
    summary="Import words",
    description="Of each row that is a word; the others are named with what is wrong. Words there "
    "were already stay as they are, so a file may be sent again. CSV: the first line names the "
    "columns (`word`, `meaning`, `sentence`, `source`, `language`, and those of the export).",
    parameters=[IDEMPOTENCY_KEY],
    request={"multipart/form-data": VocabularyImportSerializer},
    responses={
        200: VocabularyImportedSerializer,
        409: error_answer(
            "One may have 50,000 words, or the first request with this key is still running.",
            "too_many",
            "You have 50000 words already.",
        ),
        422: KEY_REUSED,
    },
)
export_csv = extend_schema(
    tags=TAGS,
    summary="Export as CSV",
    description="Every word with its schedule, as `import` takes it.",
    responses={(200, "text/csv"): OpenApiTypes.STR},
    filters=False,
)
export_anki = extend_schema(
    tags=TAGS,
    summary="Export for Anki",
    description="Every word as Anki's notes in plain text (File, Import). Schedules stay here.",
    responses={(200, "text/plain"): OpenApiTypes.STR},
    filters=False,
)
