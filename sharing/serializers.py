"""Shares, as the API takes and gives them."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from sharing.models import LONGEST_PASSWORD, Opening, Share


class LinkRequestSerializer(serializers.Serializer[Any]):
    """A link, good until a moment or until it is ended."""

    expires_at = serializers.DateTimeField(
        required=False, allow_null=True, help_text="To come; null: until it is ended."
    )

    def validate_expires_at(self, moment: Any) -> Any:
        """A moment that is still to come."""
        if moment is not None and moment <= timezone.now():
            raise serializers.ValidationError(_("Send a moment that is still to come."), "past")
        return moment


class ShareRequestSerializer(LinkRequestSerializer):
    """Whom to share with, what they see beside, until when. What is left out stays as it was."""

    PARTS: Sequence[tuple[str, Any]] = ()

    link = serializers.BooleanField(required=False, default=False)
    password = serializers.CharField(
        required=False,
        allow_null=True,
        allow_blank=True,
        max_length=LONGEST_PASSWORD,
        trim_whitespace=False,
        write_only=True,
        help_text="Asked for before anything is shown; null or empty takes it off.",
    )

    def get_fields(self) -> dict[str, Any]:
        """Also `with`, which Python keeps for itself, and `include` with the parts there are."""
        fields = super().get_fields()
        fields["with"] = serializers.EmailField(
            required=False, allow_null=True, default=None, help_text="Of another user."
        )
        fields["include"] = serializers.ListField(
            child=serializers.ChoiceField(choices=list(self.PARTS)),
            required=False,
            max_length=len(self.PARTS),
        )
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One person or a link."""
        if bool(attrs["with"]) == attrs["link"]:
            raise serializers.ValidationError(
                {
                    "with": serializers.ErrorDetail(
                        _("Send either an e-mail address, or `link`: true."), "one_of"
                    )
                }
            )
        if "include" in attrs:
            attrs["include"] = sorted(set(attrs["include"]))
        return attrs


class OpeningSerializer(serializers.Serializer[Opening]):
    """That somebody opened it."""

    at = serializers.DateTimeField()
    by = serializers.SerializerMethodField()

    @extend_schema_field(
        serializers.CharField(
            allow_null=True, help_text="A name; null for who gave none, or was not signed in."
        )
    )
    def get_by(self, opening: Opening) -> str | None:
        """The name of who was signed in; not their address."""
        return (opening.viewer.name if opening.viewer else "") or None


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A link",
            value={
                "id": 5,
                "link": True,
                "with": None,
                "url": "https://coach.example.org/practice/shared/3xQ…/",
                "include": ["notes"],
                "expires_at": "2026-12-01T12:00:00Z",
                "has_password": False,
                "created_at": "2026-11-21T12:00:00Z",
                "opened": 1,
                "openings": [{"at": "2026-11-21T13:00:00Z", "by": "Bob Baker"}],
            },
            response_only=True,
        )
    ]
)
class ShareSerializer(serializers.Serializer[Any]):
    """An open share, for its owner. Give `address`, which tells where it is read, as context."""

    id = serializers.IntegerField()
    link = serializers.BooleanField(source="by_link")
    url = serializers.SerializerMethodField()
    include = serializers.ListField(child=serializers.CharField())
    expires_at = serializers.DateTimeField(allow_null=True)
    has_password = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()
    opened = serializers.IntegerField(help_text="How often.")
    openings = OpeningSerializer(
        many=True, source="newest_openings", help_text="The newest twenty."
    )

    def get_fields(self) -> dict[str, Any]:
        """Also `with`, which Python keeps for itself."""
        fields = super().get_fields()
        fields["with"] = serializers.EmailField(
            source="recipient.email", allow_null=True, default=None
        )
        return fields

    @extend_schema_field(serializers.URLField(help_text="Where it is read."))
    def get_url(self, share: Share) -> str:
        """The whole address."""
        return str(self.context["address"](share))

    def get_has_password(self, share: Share) -> bool:
        """Whether a password is asked for."""
        return bool(share.password)
