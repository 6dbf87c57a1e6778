"""Sharing a practice session, as the API takes it."""

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer

from practice.models import PracticeShare
from sharing.serializers import ShareRequestSerializer


@extend_schema_serializer(
    examples=[
        OpenApiExample("By link", value={"link": True, "include": ["notes"]}, request_only=True),
        OpenApiExample(
            "With one person",
            value={
                "with": "bob@example.org",
                "include": ["numbers", "recording"],
                "expires_at": "2027-01-01T12:00:00Z",
            },
            request_only=True,
        ),
    ]
)
class PracticeShareRequestSerializer(ShareRequestSerializer):
    """Whom to share a session with, and what they see of it beside the facts."""

    PARTS = PracticeShare.Part.choices
