"""What the sign-in of programs takes and gives."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class LoginSerializer(serializers.Serializer[Any]):
    """A name, under either of its names, and a password; or a passkey alone."""

    username = serializers.CharField(
        required=False, max_length=254, help_text="The e-mail address of the account."
    )
    email = serializers.CharField(
        required=False, max_length=254, help_text="The same, for clients that call it so."
    )
    password = serializers.CharField(
        required=False, trim_whitespace=False, max_length=4096, help_text="Not with `passkey`."
    )
    passkey = serializers.DictField(
        required=False,
        help_text="The answer to `2fa/passkeys/challenge`: takes the place of all the rest.",
    )
    otp_token = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=32,
        help_text="A code of the authenticator, or a backup code, where the account has them.",
    )
    device_name = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=100,
        help_text="What the list of devices calls this one.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The address as `username`, whichever field it came in."""
        if attrs.get("passkey"):
            return attrs
        name = attrs.get("username") or attrs.get("email")
        if not name:
            raise serializers.ValidationError(
                {"username": [_("Send username or email.")]}, "required"
            )
        if "password" not in attrs:
            raise serializers.ValidationError(
                {"password": [_("This field is required.")]}, "required"
            )
        return {**attrs, "username": name}


class TokenSerializer(serializers.Serializer[Any]):
    """The key of a new device token."""

    token = serializers.CharField(help_text="Send it as `Authorization: Token <key>`.")
