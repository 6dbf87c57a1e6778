"""What the pages of vocabulary take in."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.languages import canonical, choices, name_of
from accounts.models import User
from flashcards import selectors
from flashcards.exchange import LARGEST_FILE
from flashcards.models import (
    LONGEST_MEANING,
    LONGEST_REVIEW_ID,
    LONGEST_SENTENCE,
    LONGEST_SOURCE,
    LONGEST_WORD,
    Card,
    VocabularySettings,
)
from flashcards.sounds import LARGEST_SOUND, ending_of


def language_choices(*mine: str) -> list[tuple[str, str]]:
    """Every language that has a name, one's own first; English where there is none."""
    own = dict.fromkeys(filter(None, mine)) or {"en": None}
    rest = [choice for choice in choices() if choice[0] not in own]
    return [(code, name_of(code)) for code in own] + rest


def languages_learned(user: User) -> list[str]:
    """The languages of one's words and of one's profiles, by code."""
    profiles = user.learning_profiles.values_list("target_language_code", flat=True)
    return list(dict.fromkeys([*selectors.languages_of(user), *map(canonical, profiles)]))


class CardForm(forms.Form):
    """A word, and what is known of it."""

    word = forms.CharField(label=_("Word or phrase"), max_length=LONGEST_WORD)
    language = forms.ChoiceField(label=_("Language"))
    meaning = forms.CharField(label=_("What it means"), required=False, max_length=LONGEST_MEANING)
    sentence = forms.CharField(
        label=_("A sentence with it"),
        required=False,
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = forms.CharField(label=_("Where you met it"), required=False, max_length=LONGEST_SOURCE)
    audio = forms.FileField(
        label=_("How it sounds"),
        required=False,
        help_text=_("A sound file of up to 1 MB. Without one, your browser's voice says it."),
        widget=forms.FileInput(attrs={"accept": "audio/*"}),
    )

    def __init__(self, *args: Any, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = list(languages)
        self.fields["language"].choices = language_choices(*mine)  # type: ignore[attr-defined]
        if mine:
            self.fields["language"].initial = mine[0]

    def clean_audio(self) -> UploadedFile | None:
        """A sound, by a name that says what it is."""
        file: UploadedFile | None = self.cleaned_data["audio"]
        if file is None:
            return None
        if (file.size or 0) > LARGEST_SOUND:
            raise ValidationError(_("A sound may have 1 MB at most."), "too_large")
        ending = ending_of(file.read(16))
        file.seek(0)
        if ending is None:
            raise ValidationError(_("Send a sound: WAV, MP3, Ogg, WebM, MP4 or FLAC."), "no_sound")
        file.name = f"sound.{ending}"
        return file

    def told(self) -> dict[str, Any]:
        """What to keep: a sound only where one was sent."""
        return {
            name: value for name, value in self.cleaned_data.items() if name != "audio" or value
        }


class _Pill(forms.Select):
    def __init__(self) -> None:
        super().__init__({"class": "input select"})


class CardFilterForm(forms.Form):
    """What the list shows; what makes no sense is left aside."""

    search = forms.CharField(required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language"), required=False, widget=_Pill)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Any state")), *Card.State.choices],
        widget=_Pill,
    )
    due = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[("", _("Any time")), ("today", _("Due today"))],
        widget=_Pill,
    )

    def __init__(self, data: Any, languages: Iterable[str]) -> None:
        super().__init__(data)
        known = [(code, name_of(code)) for code in languages]
        self.fields["language"].choices = [("", _("Any language")), *known]  # type: ignore[attr-defined]

    def chosen_of(self, user: User, found: QuerySet[Card]) -> QuerySet[Card]:
        """Those of `found` that fit."""
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("language"):
            found = found.filter(language_code=asked["language"])
        if asked.get("state"):
            found = found.filter(state=asked["state"])
        if asked.get("due"):
            found = selectors.coming_today(user, found)
        return selectors.containing(found, asked.get("search", ""))

    def is_filtering(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.data.get(name) for name in self.fields)


class RateForm(forms.Form):
    """How a word went."""

    word = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    rating = forms.IntegerField(min_value=1, max_value=4)
    review_id = forms.RegexField(r"\A[\x21-\x7e]+\Z", max_length=LONGEST_REVIEW_ID)


class LimitsForm(forms.ModelForm):  # type: ignore[type-arg]
    """How much comes a day."""

    desired_retention = forms.TypedChoiceField(
        label=_("How surely to remember"),
        coerce=float,
        choices=[
            (0.8, _("80 of 100 words: fewest reviews")),
            (0.85, _("85 of 100 words")),
            (0.9, _("90 of 100 words: usual")),
            (0.95, _("95 of 100 words: about twice the reviews")),
        ],
        help_text=_("Words come when this many of them are still remembered."),
    )

    class Meta:
        model = VocabularySettings
        fields = ("new_a_day", "reviews_a_day", "desired_retention")
        help_texts = {  # noqa: RUF012 - as the framework has it
            "reviews_a_day": _("Learned words. Those you are just learning always come."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.instance.desired_retention
        field = self.fields["desired_retention"]
        if all(own != value for value, _label in field.choices):  # type: ignore[attr-defined]
            field.choices = [*field.choices, (own, f"{own:.0%}")]  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A file of words."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, or a deck from Anki as “Notes in Plain Text” or .apkg; up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.apkg"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("For rows that name no language.")
    )

    def __init__(self, *args: Any, languages: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices(*languages)  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile:
        """A file that is not too large."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError(_("A file may have 10 MB at most."), "too_large")
        return file
