"""The forms of the account pages."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import services
from accounts.models import User


def waiting(seconds: int) -> str:
    """A sentence for somebody who has tried too often."""
    if seconds > 90:
        minutes = -(-seconds // 60)
        return ngettext(
            "Too many attempts. Try again in %(count)d minute.",
            "Too many attempts. Try again in %(count)d minutes.",
            minutes,
        ) % {"count": minutes}
    return ngettext(
        "Too many attempts. Try again in %(count)d second.",
        "Too many attempts. Try again in %(count)d seconds.",
        seconds,
    ) % {"count": seconds}


class SignInForm(forms.Form):
    """An address and a password; `user` is set once they belong together."""

    username = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None
        self.wait_seconds = 0

    def clean(self) -> dict[str, Any]:
        """Ask whether address and password belong together; each question is counted."""
        fields = self.cleaned_data
        if "username" in fields and "password" in fields:
            result = services.sign_in(self.request, fields["username"], fields["password"])
            self.user, self.wait_seconds = result.user, result.wait_seconds
            if self.wait_seconds:
                raise ValidationError(waiting(self.wait_seconds), code="throttled")
            if self.user is None:
                raise ValidationError(
                    _(
                        "The e-mail address and the password do not belong together. Check both,"
                        " or reset the password."
                    ),
                    code="invalid_credentials",
                )
        return fields


def new_password_field(label: str) -> forms.CharField:
    """A password that is being chosen: typed once, readable for password managers."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 8 characters. A few unrelated words are easy to keep in mind."),
    )


class SignUpForm(forms.Form):
    """What a new account needs; `user` is the new learner after `save()`."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = new_password_field(_("Password"))
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_email(self) -> str:
        """An address that has no account yet."""
        email: str = self.cleaned_data["email"]
        if User.objects.filter(email=email).exists():
            raise self._taken()
        return email

    def clean(self) -> dict[str, Any]:
        """The password is judged with the person's own words at hand."""
        fields = self.cleaned_data
        if "password" in fields:
            person = User(email=fields.get("email", ""), name=fields.get("name", ""))
            try:
                password_validation.validate_password(fields["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return fields

    def save(self, request: HttpRequest) -> User | None:
        """The new account; None, with an error on the form, where the address was just taken."""
        fields = self.cleaned_data
        try:
            return services.register(
                fields["email"], fields["password"], fields["name"], request=request
            )
        except IntegrityError:
            self.add_error("email", self._taken())
            return None

    @staticmethod
    def _taken() -> ValidationError:
        return ValidationError(
            _("There is an account with this address. Sign in, or reset its password."),
            code="taken",
        )


class ResetForm(forms.Form):
    """The address that a reset link goes to."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class NewPasswordForm(forms.Form):
    """A password that is new, and not given away by the person's own words."""

    new_password = new_password_field(_("New password"))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_password(self) -> str:
        """A password that is strong enough."""
        password: str = self.cleaned_data["new_password"]
        password_validation.validate_password(password, self.user)
        return password


class CurrentPasswordMixin(forms.Form):
    """The password of the person who is signed in, for what a borrowed browser must not do."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    user: User
    request: HttpRequest
    wait_seconds = 0

    def clean_password(self) -> str:
        """The right password; guesses are counted like those of a sign-in."""
        password: str = self.cleaned_data["password"]
        wait_seconds = services.check_password(self.user, password, self.request)
        if wait_seconds is None:
            return password
        self.wait_seconds = wait_seconds
        if wait_seconds:
            raise ValidationError(waiting(wait_seconds), code="throttled")
        raise ValidationError(_("This is not your password."), code="password_incorrect")


class ChangePasswordForm(CurrentPasswordMixin, NewPasswordForm):
    """A new password for somebody who is signed in and knows the present one."""

    field_order: ClassVar[list[str]] = ["password", "new_password"]

    def __init__(self, user: User, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.request = request

    def save(self) -> None:
        """Set the password: sessions elsewhere, tokens and apps end."""
        services.set_password(self.user, self.cleaned_data["new_password"], self.request)


class TokenForm(forms.Form):
    """The name of a new device token."""

    name = forms.CharField(
        label=_("Name of the device or program"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
