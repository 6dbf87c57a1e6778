"""What the calls for second factors take and give."""

from typing import Any

from django_otp_webauthn.models import WebAuthnCredential
from rest_framework import serializers


class CodeSerializer(serializers.Serializer[Any]):
    """A code."""

    otp_token = serializers.CharField(
        max_length=32, help_text="Six digits of the authenticator, or a backup code."
    )


class EnrolmentSerializer(serializers.Serializer[Any]):
    """An authenticator that waits for its first code."""

    secret = serializers.CharField(help_text="Base32, as authenticators take it typed in.")
    otpauth_url = serializers.CharField(help_text="Opens an authenticator on the same device.")
    qr_svg = serializers.CharField(help_text="The same address as a picture: an SVG document.")


class BackupCodesSerializer(serializers.Serializer[Any]):
    """Backup codes, shown this once; an empty list where those made before go on."""

    backup_codes = serializers.ListField(child=serializers.CharField())


class DisableSerializer(CodeSerializer):
    """Password and code."""

    password = serializers.CharField(
        required=False,
        default="",
        trim_whitespace=False,
        max_length=4096,
        help_text="Left out only by who has no password: they sign in by another site.",
    )


class ConfirmationSerializer(serializers.Serializer[Any]):
    """What shows that it is you: one of these, unless your session confirmed in ten minutes."""

    password = serializers.CharField(required=False, trim_whitespace=False, max_length=4096)
    otp_token = serializers.CharField(required=False, max_length=32)
    passkey = serializers.DictField(
        required=False, help_text="The answer to a challenge of `2fa/passkeys/challenge`."
    )


class PasskeySerializer(serializers.ModelSerializer[WebAuthnCredential]):
    """A passkey."""

    class Meta:
        model = WebAuthnCredential
        fields = ("id", "name", "created_at", "last_used_at", "backup_state")
        read_only_fields = ("created_at", "last_used_at", "backup_state")
        extra_kwargs = {  # noqa: RUF012 - DRF's own form
            "name": {"allow_blank": False, "required": True},
            "backup_state": {"help_text": "Whether the device keeps a copy elsewhere."},
        }


class NewPasskeySerializer(serializers.Serializer[Any]):
    """A new passkey."""

    name = serializers.CharField(required=False, allow_blank=True, default="", max_length=64)
    credential = serializers.DictField(
        help_text="What `navigator.credentials.create` gave, as `toJSON()` writes it."
    )


class MadePasskeySerializer(BackupCodesSerializer):
    """A passkey just made, and backup codes where it is the first factor."""

    passkey = PasskeySerializer()


class ChallengeSerializer(serializers.Serializer[Any]):
    """What a passkey is asked."""

    purpose = serializers.ChoiceField(choices=["sign_in", "second_factor", "confirmation"])
    options = serializers.DictField(
        help_text="`PublicKeyCredentialRequestOptionsJSON` for `navigator.credentials.get`."
    )
