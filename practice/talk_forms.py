"""What the page of a talk takes in: its script, typed or from a file, and its sections."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practice.models import LONGEST_SESSION, Talk
from practice.services import ScriptRefused, Section, read_script
from speech_sessions.forms import language_choices
from speech_sessions.models import LONGEST_SCRIPT

MOST_SECTIONS = 100
_LINE = re.compile(r"(?P<minutes>\d{1,3})(?::(?P<seconds>[0-5]\d))?\s+(?P<title>\S.*)", re.ASCII)


def as_lines(sections: list[Section]) -> str:
    """Sections as they are written in the form: `1:30 The problem`, one a line."""
    return "\n".join(
        f"{each['seconds'] // 60}:{each['seconds'] % 60:02} {each['title']}" for each in sections
    )


class SectionsField(forms.CharField):
    """Sections one a line, each with its time before its heading."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[Section]:
        """The sections. Raises ValidationError, naming the line."""
        lines = [line.strip() for line in super().clean(value).splitlines()]
        sections = [
            _section(number, line) for number, line in enumerate(lines, start=1) if line.strip()
        ]
        if len(sections) > MOST_SECTIONS:
            raise ValidationError(
                _("A talk has %(count)s sections at most.") % {"count": MOST_SECTIONS}, "max_length"
            )
        if sum(section["seconds"] for section in sections) > LONGEST_SESSION:
            raise ValidationError(_("All sections together may take four hours at most."), "max")
        return sections


def _section(number: int, line: str) -> Section:
    parts = _LINE.fullmatch(line)
    if parts is None:
        raise ValidationError(
            _("Line %(number)s: begin with the time, then the heading, such as “1:30 The problem”.")
            % {"number": number},
            "invalid",
        )
    seconds = int(parts["minutes"]) * 60 + int(parts["seconds"] or 0)
    if not 0 < seconds <= LONGEST_SESSION:
        raise ValidationError(
            _("Line %(number)s: a section takes a second at least and four hours at most.")
            % {"number": number},
            "invalid",
        )
    title = " ".join(parts["title"].split())
    if len(title) > 120:
        raise ValidationError(
            _("Line %(number)s: a heading has 120 characters at most.") % {"number": number},
            "max_length",
        )
    return Section(title=title, seconds=seconds)


class TalkForm(forms.Form):
    """A talk of one's own."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    language = forms.ChoiceField(label=gettext_lazy("Language"))
    script = forms.CharField(
        label=gettext_lazy("Script"),
        max_length=LONGEST_SCRIPT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("What you want to say, word for word. An empty line parts it."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or take the script from a file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.md,.markdown"}),
        help_text=gettext_lazy(
            "A .txt or .md file in UTF-8. It takes the place of the text above."
        ),
    )
    sections = SectionsField(
        label=gettext_lazy("Sections"),
        required=False,
        max_length=20_000,
        help_text=gettext_lazy(
            "One a line, its time first: “1:30 The problem”. Left empty, the script is one section."
        ),
    )

    field_order: ClassVar[list[str]] = ["title", "language", "script", "file", "sections"]

    def __init__(self, *args: Any, talk: Talk | None = None, **kwargs: Any) -> None:
        if talk is not None:
            steps = talk.sequence.steps.all()
            kwargs["initial"] = {
                "title": talk.sequence.title,
                "language": talk.sequence.language,
                "script": talk.script,
                "sections": as_lines([Section(title=s.title, seconds=s.seconds) for s in steps]),
            }
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = language_choices(talk.sequence.language if talk else "en")
        self.fields["sections"].widget.attrs["rows"] = 6

    def clean_file(self) -> str:
        """The text of the file, empty without one. Raises ValidationError."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        try:
            return read_script(file)
        except ScriptRefused as refused:
            raise ValidationError(refused.message, refused.code) from refused

    def clean(self) -> dict[str, Any]:
        """A talk has a script, sections, or both."""
        found: dict[str, Any] = super().clean() or {}
        found["script"] = (found.pop("file", "") or found.get("script", "")).strip()
        if not self.errors and not found["script"] and not found.get("sections"):
            self.add_error("script", _("Write a script, sections, or both."))
        return found
