"""What the OpenAPI description says of each call, beside what its code says."""

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view

from contract.documentation import IDEMPOTENCY_KEY, KEY_REUSED, STILL_RUNNING
from contract.schema import error_answer
from conversations.models import VoiceConversation
from conversations.serializers import (
    AddFeedbackSerializer,
    ConversationSerializer,
    SummarySerializer,
)

TAGS = ["Voice Conversations"]

conversations = extend_schema_view(
    list=extend_schema(
        tags=TAGS,
        summary="List conversations",
        description="One's own, the newest first.",
    ),
    create=extend_schema(
        tags=TAGS,
        summary="Store a conversation",
        description="Languages come back as they were sent, with the BCP 47 code beside. Without "
        "`ai_feedback`, the transcript is analysed, and what is found stands there soon.",
        parameters=[IDEMPOTENCY_KEY],
        responses={201: ConversationSerializer, 409: STILL_RUNNING, 422: KEY_REUSED},
    ),
    retrieve=extend_schema(
        tags=TAGS, summary="Read a conversation", description="One of one's own."
    ),
    update=extend_schema(
        tags=TAGS,
        summary="Replace a conversation",
        description="What is left out and may be left out stays as it is.",
    ),
    partial_update=extend_schema(
        tags=TAGS, summary="Change a conversation", description="What is left out stays."
    ),
    destroy=extend_schema(
        tags=TAGS,
        summary="Delete a conversation",
        description="Lists with `updated_after` tell that it is gone.",
    ),
)
add_feedback = extend_schema(
    tags=TAGS,
    summary="Add feedback",
    description='`{"ai_feedback": {…}}` or the bare object, merged key by key.',
    request=AddFeedbackSerializer,
    responses={200: ConversationSerializer},
)
by_language = extend_schema(
    tags=TAGS,
    summary="List those in a language",
    description="By its name or code: Spanish, español and es are one; `en` finds `en-GB` too.",
    parameters=[OpenApiParameter("language", str, OpenApiParameter.PATH)],
    responses={200: ConversationSerializer(many=True)},
)
by_type = extend_schema(
    tags=TAGS,
    summary="List those of a type",
    description="One of: " + ", ".join(VoiceConversation.Type.values) + ".",
    parameters=[OpenApiParameter("type", str, OpenApiParameter.PATH)],
    responses={
        200: ConversationSerializer(many=True),
        400: error_answer(
            "There is no such type.",
            "invalid_choice",
            "Choose one of: " + ", ".join(VoiceConversation.Type.values) + ".",
            "conversation_type",
        ),
    },
)
summary = extend_schema(
    tags=TAGS,
    summary="What conversations come to",
    description="Totals, minutes, and scores day by day in one's own time zone.",
    responses={200: SummarySerializer},
)
