"""The forms of second factors: a code, a passkey, the password once more."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device

from accounts import services
from accounts.forms import CurrentPasswordMixin, waiting
from accounts.models import User


class CodeInput(forms.TextInput):
    """A field for a one-time code that phones can fill in; a refused code is not shown again."""

    def __init__(self, *, digits: bool) -> None:
        attrs = {"class": "code-input", "autocomplete": "one-time-code", "autocapitalize": "none"}
        if digits:
            attrs["inputmode"] = "numeric"
        super().__init__({**attrs, "spellcheck": "false"})

    def format_value(self, value: Any) -> None:
        """Empty, whatever was typed before."""


class CodeForm(forms.Form):
    """One code of an authenticator, or a backup code; using it up is part of asking."""

    otp_token = forms.CharField(label=_("Code"), max_length=32, widget=CodeInput(digits=True))

    def __init__(
        self, user: User, request: HttpRequest, *args: Any, backup: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.request = request
        self.wait_seconds = 0
        self.device: Device | None = None
        if backup:
            self.fields["otp_token"].label = _("Backup code")
            self.fields["otp_token"].widget = CodeInput(digits=False)

    def clean_otp_token(self) -> str:
        """The code, used up; an error says whether it was wrong or came too soon."""
        code: str = self.cleaned_data["otp_token"]
        self.check_code(code)
        return code

    def check_code(self, code: str) -> None:
        """Ask the person's devices."""
        outcome = services.take_code(self.user, code, self.request)
        self.device = outcome.device
        if self.device is None:
            self.refuse(outcome.wait_seconds)

    def refuse(self, wait_seconds: int) -> None:
        """Say why the code was not taken."""
        self.wait_seconds = wait_seconds
        if wait_seconds:
            raise ValidationError(waiting(wait_seconds), code="throttled")
        raise ValidationError(
            _("This code is not valid. Codes change every 30 seconds and work once."),
            code="otp_invalid",
        )


class SetUpForm(CodeForm):
    """The first code of a new authenticator; `confirmation` holds the backup codes then."""

    confirmation = services.Confirmation()

    def check_code(self, code: str) -> None:
        """Ask the authenticator that is being set up, and switch it on."""
        self.confirmation = services.confirm_totp(self.user, code, self.request)
        if self.confirmation.device is None:
            self.refuse(self.confirmation.wait_seconds)


class RemoveForm(CurrentPasswordMixin, CodeForm):
    """Password and code, to take the second factor away."""

    field_order: ClassVar[list[str]] = ["password", "otp_token"]

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        if not user.has_usable_password():
            del self.fields["password"]

    def clean_otp_token(self) -> str:
        """The code, used up only where the password was right."""
        password_is_right = "password" in self.cleaned_data or "password" not in self.fields
        return super().clean_otp_token() if password_is_right else ""


class ConfirmPasswordForm(CurrentPasswordMixin):
    """The password once more, before something that matters."""

    def __init__(self, user: User, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.request = request


class PasskeyField(forms.JSONField):
    """What a passkey answered, as the browser's script put it into the form."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> dict[str, Any]:
        """An object; whether it is a good one is asked of the ceremony."""
        answer = super().clean(value)
        if not isinstance(answer, dict):
            raise ValidationError(_("The passkey did not answer. Try again."), code="passkey")
        return answer


class PasskeyForm(forms.Form):
    """The answer of a passkey."""

    credential = PasskeyField()


class NewPasskeyForm(PasskeyForm):
    """A new passkey and what its owner calls it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=64,
        required=False,
        help_text=_("So that you can tell it from others: the device or key it lives on."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class PasskeyNameForm(forms.Form):
    """Another name for a passkey."""

    name = forms.CharField(
        label=_("Name"), max_length=64, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
