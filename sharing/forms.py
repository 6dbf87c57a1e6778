"""The forms of shares: whom, what and until when; and the password of a shared page."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sharing.models import LONGEST_PASSWORD

OPEN_ENDED = "open-ended"
DAYS = (
    ("1", _("One day")),
    ("7", _("One week")),
    ("30", _("Thirty days")),
    (OPEN_ENDED, _("Until I end it")),
)


class LinkForm(forms.Form):
    """A link, good for some days or until it is ended."""

    days = forms.ChoiceField(label=_("For how long"), choices=DAYS, initial="7")

    @property
    def recipient_email(self) -> str | None:
        """Whom to share with; None for a link."""
        return self.cleaned_data.get("email") or None

    @property
    def terms(self) -> dict[str, Any]:
        """What `services.share` takes."""
        return {"expires_at": self._end()}

    def _end(self) -> datetime | None:
        days = self.cleaned_data["days"]
        if days == OPEN_ENDED:
            return None
        return timezone.now() + timedelta(days=int(days))


class ShareForm(LinkForm):
    """One person or whoever has the link; what they see beside; a password for the link."""

    email = forms.EmailField(
        label=_("E-mail address of one person"),
        required=False,
        help_text=_(
            "They need an account with this address, and find it under “Shared with me”; no mail is"
            " sent. Leave it empty for a link that opens to whoever has it."
        ),
    )
    include = forms.MultipleChoiceField(
        label=_("Show too"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_(
            "Who opens the link is asked for it. Left empty, one that was set before stays; to take"
            " it off, end the share and make another."
        ),
    )

    field_order = ("email", "include", "days", "password")

    def __init__(self, parts: Sequence[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["include"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = parts

    @property
    def terms(self) -> dict[str, Any]:
        """What `services.share` takes."""
        # Browsers do not show a password again: an empty field is no wish to take it off.
        password = self.cleaned_data["password"]
        terms = super().terms | {"include": self.cleaned_data["include"]}
        return terms | {"password": password} if password else terms


class PasswordForm(forms.Form):
    """The password of something shared."""

    password = forms.CharField(
        label=_("Password"),
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def refuse(self) -> None:
        """Say that it is another."""
        self.add_error("password", forms.ValidationError(_("This is not the password."), "wrong"))
