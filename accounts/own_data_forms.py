"""The forms about one's own data: how long recordings are kept, and the erasure of everything."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import second_factor
from accounts.factor_forms import RemoveForm
from accounts.models import User

LONGEST_DAYS = 3650


class KeepAudioForm(forms.ModelForm):
    """How long the sound of recordings is kept; reports stay whatever is chosen."""

    class Meta:
        model = User
        fields = ("keep_audio", "keep_audio_days")
        widgets: ClassVar[dict[str, forms.Widget]] = {"keep_audio": forms.RadioSelect}

    keep_audio_days = forms.IntegerField(
        label=_("Days"),
        min_value=1,
        max_value=LONGEST_DAYS,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("Counted from when the recording was stored."),
    )

    def clean_keep_audio_days(self) -> int:
        """The number matters only where days are chosen."""
        days: int | None = self.cleaned_data["keep_audio_days"]
        if days is None:
            if self.cleaned_data.get("keep_audio") == User.KeepAudio.DAYS:
                raise ValidationError(_("Say after how many days."), code="required")
            return int(self.instance.keep_audio_days)
        return days


class EraseForm(RemoveForm):
    """The password, and a code where there is one to give; the last thing to say to the product."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        if not has_code(user):
            del self.fields["otp_token"]


def has_code(user: User) -> bool:
    """Whether `user` has something that makes codes, or backup codes."""
    return any(
        kind.objects.filter(user=user, confirmed=True).exists()
        for kind in second_factor.CODE_FACTORS
    )
