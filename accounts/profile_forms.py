"""The forms of the profile: who one is, one's picture, and the languages one learns."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts import languages
from accounts.models import LearningProfile, User
from accounts.time_zones import known_time_zones


def time_zone_choices() -> list[tuple[str, str]]:
    """Every zone that is named after a place, and UTC."""
    names = sorted(
        name
        for name in known_time_zones()
        if name == "UTC" or ("/" in name and not name.startswith(("Etc/", "SystemV/", "US/")))
    )
    return [("", _("As my browser says")), *((name, name.replace("_", " ")) for name in names)]


def language_choices() -> list[tuple[str, str]]:
    """The languages that can be named, by their own names."""
    return [("", _("Not said")), *languages.choices()]


def keep_choosable(field: forms.Field, value: str) -> None:
    """A value that came another way (the API, an import) stays choosable."""
    assert isinstance(field, forms.ChoiceField)
    choices = list(field.choices)
    if value and value not in dict(choices):
        field.choices = [*choices, (value, value)]


class ProfileForm(forms.ModelForm):
    """What a person may say about themselves, and whether they want mail."""

    class Meta:
        model = User
        fields = (
            "name",
            "native_language",
            "time_zone",
            "interface_language",
            "mail_when_analysed",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "name": forms.TextInput(attrs={"autocomplete": "name"})
        }
        labels: ClassVar[dict[str, Any]] = {
            "mail_when_analysed": _("Mail me when an analysis that took over a minute is done")
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "mail_when_analysed": _("Needs a confirmed e-mail address.")
        }

    native_language = forms.ChoiceField(
        label=_("Native language"), choices=lazy(language_choices, list), required=False
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=lazy(time_zone_choices, list), required=False
    )
    interface_language = forms.ChoiceField(label=_("Language of the pages"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(settings.LANGUAGES) > 1:
            field = self.fields["interface_language"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("As my browser says")), *settings.LANGUAGES]
        else:
            del self.fields["interface_language"]
        for name in ("native_language", "time_zone"):
            keep_choosable(self.fields[name], getattr(self.instance, name))


class PictureForm(forms.Form):
    """A file that becomes one's picture."""

    picture = forms.FileField(
        label=_("A new picture"),
        help_text=_(
            "Its middle is shown, as a square. Place, camera and everything else that the file"
            " holds besides is dropped."
        ),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )


class LearningProfileForm(forms.ModelForm):
    """A language to learn, how far one is, and what one wants of it."""

    class Meta:
        model = LearningProfile
        fields = ("target_language", "native_language", "cefr_level", "weekly_minutes", "goals")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "goals": forms.Textarea(attrs={"rows": 3}),
            "weekly_minutes": forms.NumberInput(attrs={"inputmode": "numeric"}),
        }
        labels: ClassVar[dict[str, Any]] = {"native_language": _("From which language")}
        help_texts: ClassVar[dict[str, Any]] = {
            "goals": _("What you want to be able to do, in your own words."),
            "weekly_minutes": _("How long you mean to speak it, each week."),
        }

    target_language = forms.ChoiceField(label=_("Language to learn"))
    native_language = forms.ChoiceField(
        label=_("From which language"), choices=lazy(language_choices, list), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        target = self.fields["target_language"]
        assert isinstance(target, forms.ChoiceField)
        target.choices = [("", _("Choose a language")), *languages.choices()]
        for name in ("target_language", "native_language"):
            keep_choosable(self.fields[name], getattr(self.instance, name))

    def _post_clean(self) -> None:
        """The service writes the row: the instance keeps what it was until then."""
