"""What is asked before a talk with the partner, and a situation of one's own."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.languages import choices as languages
from accounts.languages import name_of
from accounts.models import LearningProfile, User
from conversations.models import CustomScenario
from conversations.situations import found, is_playable
from partner.personas import all_personas
from partner.scenarios import Scenario, all_scenarios, script_languages
from speech_sessions.forms import Pill

MOST_CHECKS = 6
_LEVELS = [(level, level) for level in LearningProfile.Level.values]


class ChoosingForm(forms.Form):
    """Which situations are shown; what makes no sense is left aside."""

    language = forms.ChoiceField(label=_("Language"), required=False, widget=Pill)
    level = forms.ChoiceField(
        label=_("Level"), required=False, widget=Pill, choices=[("", _("Any level")), *_LEVELS]
    )
    category = forms.ChoiceField(label=_("Kind of situation"), required=False, widget=Pill)
    search = forms.CharField(label=_("Search"), required=False, max_length=100)
    playable = forms.BooleanField(label=_("Only what can be played here"), required=False)

    def __init__(self, data: Any, language: str) -> None:
        """`language` is what the learner learns: chosen until something else is."""
        # The form is drawn as it is understood, so a bare address shows what stands for it.
        values = data.copy()
        values.setdefault("language", language)
        super().__init__(values)
        self._language = language
        self.fields["language"].choices = language_groups(language)  # type: ignore[attr-defined]
        self.fields["category"].choices = [("", _("Any situation")), *categories()]  # type: ignore[attr-defined]

    @property
    def language_code(self) -> str:
        """The code of the language to talk in."""
        self.is_valid()
        return self.cleaned_data.get("language") or self._language

    @property
    def chosen_level(self) -> str:
        """The level to talk at; empty for any."""
        self.is_valid()
        return str(self.cleaned_data.get("level", ""))

    def situations(self) -> list[Scenario]:
        """Those that fit: what can be had here first, then by level and title."""
        self.is_valid()
        asked = self.cleaned_data
        fitting = found(
            level=asked.get("level", ""),
            category=asked.get("category", ""),
            words=asked.get("search", "").split(),
        )
        can = {each.slug: is_playable(each, self.language_code) for each in fitting}
        if asked.get("playable"):
            fitting = [each for each in fitting if can[each.slug]]
        return sorted(fitting, key=lambda each: not can[each.slug])

    def is_filtering(self) -> bool:
        """Whether anything narrows the list."""
        return any(self.data.get(name) for name in ("level", "category", "search", "playable"))


def language_groups(learnt: str) -> list[tuple[Any, Any]]:
    """All languages, and the one that is learnt; those that need no language model first."""
    names = dict(languages())
    codes = {code for each in all_scenarios() for code in script_languages(each.slug)}
    scripted = [(code, names.get(code, code)) for code in sorted(codes)]
    others = [choice for choice in languages() if choice[0] not in dict(scripted)]
    if learnt not in names:
        others.append((learnt, name_of(learnt)))
    return [(_("Works without a language model"), scripted), (_("All others"), others)]


def categories() -> list[tuple[str, str]]:
    """The kinds of situations there are, as the catalogue names them."""
    return [(name, category_name(name)) for name in sorted({e.category for e in all_scenarios()})]


def category_name(category: str) -> str:
    """`eating-out` as one reads it: Eating out."""
    return category.replace("-", " ").capitalize()


class BeginForm(forms.Form):
    """A talk to begin: the situation, and who plays the partner."""

    target_language = forms.CharField(max_length=35)
    level = forms.ChoiceField(choices=[("", ""), *_LEVELS], required=False)
    scenario = forms.CharField(max_length=100, required=False)
    persona = forms.ChoiceField(label=_("Partner"), widget=forms.RadioSelect, required=False)
    voice = forms.ChoiceField(label=_("Voice"), required=False)
    realtime = forms.BooleanField(required=False)
    patience_seconds = forms.TypedChoiceField(
        label=_("Patience"),
        required=False,
        coerce=float,
        empty_value=None,
        choices=[
            ("", _("By level and partner")),
            ("0.8", _("0.8 seconds: a quick exchange")),
            ("1.5", _("1.5 seconds")),
            ("2.5", _("2.5 seconds")),
            ("4", _("4 seconds")),
            ("6", _("6 seconds: time to think")),
        ],
        help_text=_("How long you may be silent before your turn counts as finished."),
    )

    def __init__(self, *args: Any, voices: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["persona"].choices = [(each.slug, each.name) for each in all_personas()]  # type: ignore[attr-defined]
        self.fields["voice"].choices = [("", _("The partner's own")), *voices]  # type: ignore[attr-defined]

    def wish(self) -> dict[str, Any]:
        """What was chosen, without what was left open."""
        chosen = {name: self.cleaned_data[name] for name in self.fields if name != "realtime"}
        return {name: value for name, value in chosen.items() if value not in ("", None)}


class OwnScenarioForm(forms.ModelForm):
    """A situation of one's own; what to get done stands one a line."""

    checks = forms.CharField(
        label=_("What to get done"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Up to six things, one a line, such as “You asked for a discount.”"),
    )

    class Meta:
        model = CustomScenario
        fields = ("title", "goal", "partner_role", "partner_name", "level", "opening")
        help_texts: ClassVar[dict[str, Any]] = {
            "goal": _("What you want to have reached at the end."),
            "partner_role": _("Such as “the landlord of a flat you want to rent”."),
            "opening": _("In the language you learn. Left out, you begin."),
        }

    def __init__(self, data: Any = None, *, own: CustomScenario | None) -> None:
        super().__init__(data, instance=own)
        self.initial["checks"] = "\n".join(self.instance.checks or [])

    def clean_checks(self) -> list[str]:
        """One text a line."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["checks"].splitlines()]
        checks = [line for line in lines if line]
        if len(checks) > MOST_CHECKS or any(len(check) > 200 for check in checks):
            raise forms.ValidationError(_("At most six lines of 200 characters."), code="invalid")
        return checks


def language_of(user: User) -> tuple[str, str]:
    """The code and level of what `user` learned last; English of no level for who names none."""
    profile = user.learning_profiles.order_by("-created_at").first()
    if profile is None:
        return "en", ""
    return profile.target_language_code, profile.cefr_level
