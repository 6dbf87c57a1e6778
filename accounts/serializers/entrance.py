"""What the calls about addresses, passwords and the audit log take and give."""

from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.browser_names import browser_name
from accounts.models import SecurityEvent, User
from accounts.serializers.factors import ConfirmationSerializer

# What an event tells besides its kind; what else stands in its row is for the product alone.
TOLD = ("times", "addresses", "email", "old", "new", "name", "link", "left", "provider", "what")


class EmailSerializer(serializers.Serializer[Any]):
    """An address."""

    email = serializers.EmailField(max_length=254)


class VerifyEmailSerializer(serializers.Serializer[Any]):
    """The token of a link, or nothing to have the link sent again."""

    token = serializers.CharField(
        required=False, max_length=200, help_text="The last part of the link in the mail."
    )


class ChangeEmailSerializer(ConfirmationSerializer):
    """The new address, or the token of the link that was sent there."""

    email = serializers.EmailField(required=False, max_length=254)
    token = serializers.CharField(
        required=False, max_length=200, help_text="The last part of the link in the mail."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two."""
        if not (attrs.get("email") or attrs.get("token")):
            raise serializers.ValidationError({"email": [_("Send email, or token.")]}, "required")
        return attrs


class AddressSerializer(serializers.Serializer[Any]):
    """An address, and whether it is confirmed."""

    email = serializers.EmailField()
    email_verified = serializers.BooleanField()


class NewPasswordSerializer(serializers.Serializer[Any]):
    """A password that is being chosen."""

    new_password = serializers.CharField(trim_whitespace=False, max_length=4096)


class ChangePasswordSerializer(NewPasswordSerializer):
    """The present password and a new one."""

    password = serializers.CharField(trim_whitespace=False, max_length=4096)


class ResetPasswordSerializer(NewPasswordSerializer):
    """A new password, by the link in a mail: `…/password/reset/<uid>/<token>/`."""

    uid = serializers.CharField(max_length=40)
    token = serializers.CharField(max_length=100)


def check_strength(password: str, user: User) -> None:
    """Nothing where `password` is strong enough for `user`; raises ValidationError (400)."""
    try:
        password_validation.validate_password(password, user)
    except ValidationError as error:
        raise serializers.ValidationError({"new_password": error.messages}, "weak") from error


class SecurityEventSerializer(serializers.ModelSerializer[SecurityEvent]):
    """One line of the audit log."""

    label = serializers.CharField(
        source="get_kind_display", read_only=True, help_text="The kind, in words."
    )
    address = serializers.CharField(allow_null=True, help_text="Where it came from, where known.")
    device = serializers.SerializerMethodField(
        help_text="The browser or program, such as `Firefox on Windows`; empty where unknown."
    )
    by_staff = serializers.SerializerMethodField(help_text="Whether staff did it.")
    detail = serializers.SerializerMethodField(help_text="What else there is to tell of it.")

    class Meta:
        model = SecurityEvent
        fields = ("id", "kind", "label", "at", "address", "device", "by_staff", "detail")
        read_only_fields = fields

    def get_device(self, event: SecurityEvent) -> str:
        """The browser or program by its name."""
        return browser_name(event.device) if event.device else ""

    def get_by_staff(self, event: SecurityEvent) -> bool:
        """Whether a member of staff did it."""
        return event.actor_id is not None

    def get_detail(self, event: SecurityEvent) -> dict[str, Any]:
        """The parts that people are told."""
        return {name: event.detail[name] for name in TOLD if name in event.detail}
