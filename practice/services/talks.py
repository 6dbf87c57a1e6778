"""A person's talks: their script, and sections with the time each may take."""

import codecs
import math
import re
from collections.abc import Sequence as Ordered
from pathlib import PurePath
from typing import TypedDict

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from practice.models import Kind, Sequence, Talk
from practice.services.sequences import SequenceSteps, delete_sequence, save_sequence
from practice.talk_selectors import USUAL_PACE
from speech_sessions.models import LONGEST_SCRIPT

# UTF-8 writes a character of a script in four bytes at most.
LARGEST_FILE = 4 * LONGEST_SCRIPT
ROUNDED_TO = 10  # seconds
SHORTEST_PLAN = 30  # seconds

_MARKDOWN = (
    (re.compile(r"^(```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}(#{1,6}|>|[-*+]|\d{1,3}[.)])[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}([-*_])([ \t]*\1){2,}[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
)
_BREAKS = re.compile(r"\n[ \t]*\n\s*")


class Section(TypedDict):
    """One section of a talk: its number is its place."""

    title: str
    seconds: int


class ScriptRefused(Exception):
    """The file is no script; `message` says why, and `code` what for programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def save_talk(
    user: User,
    talk: Talk | None,
    *,
    title: str,
    script: str,
    language: str,
    sections: Ordered[Section],
) -> Talk:
    """Store a talk of `user`, new where `talk` is None, with exactly these sections.

    Without sections it gets one, as long as its script takes at the usual pace. Raises
    TooManySequences.
    """
    planned = sections or [Section(title=title, seconds=seconds_of(script))]
    steps: list[SequenceSteps] = [
        {"title": each["title"], "text": "", "seconds": each["seconds"], "is_spoken": True}
        for each in planned
    ]
    sequence = talk.sequence if talk else Sequence(owner=user, kind=Kind.PRESENTATION)
    sequence.language = language
    with transaction.atomic():
        save_sequence(sequence, title=title, description=sequence.description, steps=steps)
        saved, _is_new = Talk.objects.update_or_create(
            sequence=sequence, defaults={"script": script}
        )
        saved.sequence = sequence
    return saved


def delete_talk(talk: Talk) -> None:
    """Delete the talk with its sections; sessions practised with it stay."""
    delete_sequence(talk.sequence)


def seconds_of(script: str) -> int:
    """How long `script` takes at the usual pace, in tens of seconds, half a minute at least."""
    exact = len(script.split()) * 60 / USUAL_PACE
    return max(SHORTEST_PLAN, math.ceil(exact / ROUNDED_TO) * ROUNDED_TO)


def read_script(file: "UploadedFile[bytes]") -> str:
    """The text of a .txt or .md file, without Markdown's marks. Raises ScriptRefused."""
    ending = PurePath(file.name or "").suffix.lower()
    if ending not in {".txt", ".md", ".markdown"}:
        raise ScriptRefused("not_text", _("Choose a text file: its name ends in .txt or .md."))
    if (file.size or 0) > LARGEST_FILE:
        raise ScriptRefused("too_large", _("This file is too large for a script."))
    text = _decoded(file.read()).replace("\r\n", "\n").replace("\r", "\n")
    if ending != ".txt":
        for mark, instead in _MARKDOWN:
            text = mark.sub(instead, text)
    text = _BREAKS.sub("\n\n", text).strip()
    if not text:
        raise ScriptRefused("empty", _("There is no text in this file."))
    if len(text) > LONGEST_SCRIPT:
        message = _("A script has %(count)s characters at most; this one has %(found)s.")
        raise ScriptRefused("too_long", message % {"count": LONGEST_SCRIPT, "found": len(text)})
    return text


def _decoded(raw: bytes) -> str:
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScriptRefused(
            "not_utf8",
            _(
                "This file is not in UTF-8, so its letters cannot be told."
                " Save it as UTF-8, or paste the text."
            ),
        ) from error
    if "\0" in text:
        raise ScriptRefused("not_text", _("This is not a text file."))
    return text
