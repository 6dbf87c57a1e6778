"""The profile picture, as the API shows and takes it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from accounts.models import User
from accounts.services.pictures import version_of


@extend_schema_field(OpenApiTypes.URI)
class PictureField(serializers.ReadOnlyField):
    """The absolute address of somebody's picture, or null; of a user: `PictureField(source="*")`.

    The address changes with the picture, so what a client keeps of it is never an older one.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("allow_null", True)
        options.setdefault("help_text", "Where the picture is fetched, by its owner; or null.")
        super().__init__(**options)

    def to_representation(self, user: User) -> str | None:
        """The address, seen from the request at hand."""
        if not user.picture:
            return None
        path = reverse("api-user-picture", args=(user.pk,), request=self.context.get("request"))
        return f"{path}?v={version_of(user)}"


class PictureSerializer(serializers.Serializer[Any]):
    """A picture that is sent."""

    picture = serializers.FileField(
        help_text=_(
            "JPEG, PNG, WebP, GIF, BMP or TIFF. It is drawn anew as a square WebP: nothing else"
            " that the file held is kept."
        )
    )


class PictureAddressSerializer(serializers.Serializer[Any]):
    """Where the picture of a person is."""

    profile_picture = PictureField(source="*")
