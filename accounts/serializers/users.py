"""A person, as the API shows them, and what may be changed of them."""

import copy
import zoneinfo
from typing import Any, ClassVar

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError as PasswordRefused
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts import second_factor
from accounts.models import User, normal_email
from accounts.serializers.pictures import PictureField
from contract.choices import one_of

# `admin` is given by staff only.
CHOSEN_ROLES = [(role.value, role.label) for role in (User.Role.LEARNER, User.Role.TEACHER)]
DEVICE_KINDS = ["token", "refresh"]

# What the serializers below are made of; each person shown gets copies.
_FIELDS: dict[type, dict[str, Any]] = {}


class UserSerializer(serializers.ModelSerializer[User]):
    """A person with an account."""

    profile_picture = PictureField(source="*")
    two_factor = serializers.SerializerMethodField(
        help_text="Whether the account has a second factor."
    )

    class Meta:
        model = User
        fields: ClassVar = [
            "id",
            "name",
            "email",
            "role",
            "profile_picture",
            "native_language",
            "time_zone",
            "date_joined",
            "email_verified",
            "two_factor",
        ]
        read_only_fields: ClassVar = [
            "email",
            "role",
            "profile_picture",
            "date_joined",
            "email_verified",
            "two_factor",
        ]

    def get_fields(self) -> dict[str, Any]:
        """The fields, made from the model once: that takes longer than to ask for the person."""
        kind = type(self)
        if kind not in _FIELDS:
            _FIELDS[kind] = super().get_fields()
        return copy.deepcopy(_FIELDS[kind])

    def get_two_factor(self, user: User) -> bool:
        """What the query for the person found already, else a query more."""
        known: bool | None = getattr(user, "owner_has_factor", None)
        return second_factor.has_factor(user) if known is None else known

    def validate_time_zone(self, name: str) -> str:
        """A zone that this installation has the rules of, or none."""
        if name and name not in zoneinfo.available_timezones():
            raise serializers.ValidationError(
                _("Send the name of a time zone, such as Europe/Vienna."), "invalid"
            )
        return name


class ManagedUserSerializer(UserSerializer):
    """The same for staff, who also give roles."""

    class Meta(UserSerializer.Meta):
        read_only_fields: ClassVar = [
            name for name in UserSerializer.Meta.read_only_fields if name != "role"
        ]


class NewPersonSerializer(serializers.Serializer[Any]):
    """What an account needs to be made."""

    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(trim_whitespace=False, max_length=4096, write_only=True)
    name = serializers.CharField(required=False, allow_blank=True, default="", max_length=150)

    def validate_email(self, email: str) -> str:
        """The address as it is stored."""
        return normal_email(email)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The password is judged with the person's own words at hand."""
        if attrs.get("password"):
            person = User(email=attrs["email"], name=attrs["name"])
            try:
                password_validation.validate_password(attrs["password"], person)
            except PasswordRefused as error:
                raise serializers.ValidationError({"password": error.messages}) from error
        return attrs


class RegisterSerializer(NewPersonSerializer):
    """Somebody who makes an account for themselves."""

    role = serializers.ChoiceField(
        CHOSEN_ROLES,
        required=False,
        default=User.Role.LEARNER,
        error_messages=one_of(role for role, _label in CHOSEN_ROLES),
    )
    device_name = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=100,
        help_text="What the list of devices calls this one.",
    )


class NewUserSerializer(NewPersonSerializer):
    """Somebody whom staff make an account for."""

    password = serializers.CharField(
        required=False,
        trim_whitespace=False,
        max_length=4096,
        write_only=True,
        help_text="Without one, the person sets theirs by the link of auth/password/reset.",
    )
    role = serializers.ChoiceField(User.Role.choices, required=False, default=User.Role.LEARNER)
    native_language = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=35
    )


class PairSerializer(serializers.Serializer[Any]):
    """A fresh pair of tokens."""

    access = serializers.CharField(help_text="Send it as `Authorization: Bearer <access>`.")
    refresh = serializers.CharField(help_text="Good once, for the next pair.")
    access_token = serializers.CharField(help_text="The same as `access`.")
    token_type = serializers.ChoiceField(["bearer"])
    user = UserSerializer()


class RefreshSerializer(serializers.Serializer[Any]):
    """The refresh token of the last pair."""

    refresh = serializers.CharField(max_length=4096)


class LogoutSerializer(serializers.Serializer[Any]):
    """Whose sign-in ends, where the call does not say it by its credentials."""

    refresh = serializers.CharField(required=False, max_length=4096)


class TicketSerializer(serializers.Serializer[Any]):
    """What opens one WebSocket."""

    ticket = serializers.CharField(help_text="Open one WebSocket with it, as `?ticket=`.")
    expires_in = serializers.IntegerField(help_text="Seconds.")


class DeviceSerializer(serializers.Serializer[Any]):
    """A device or program that may speak for the person."""

    id = serializers.CharField()
    kind = serializers.ChoiceField(
        DEVICE_KINDS, help_text="A device's token, or a sign-in that renews itself."
    )
    name = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)
    last_address = serializers.IPAddressField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True)
    current = serializers.BooleanField(help_text="Whether this call came with it.")
