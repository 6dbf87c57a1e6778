"""The form of the page that changes an address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User, normal_email


class ChangeEmailForm(forms.Form):
    """The address that the account is to move to; whether it is taken is not said here."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        """An address that is not the present one."""
        email = normal_email(self.cleaned_data["email"])
        if email == self.user.email:
            raise ValidationError(_("This is your address already."), code="unchanged")
        return email
