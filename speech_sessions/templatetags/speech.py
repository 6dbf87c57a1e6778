"""Template filters that say numbers, times and languages; the words are in presentation.wording."""

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from speech_sessions.models import SpeechSession
from speech_sessions.presentation import wording
from speech_sessions.presentation.rows import title_of
from speech_sessions.presentation.transcript import Piece

register = template.Library()


@register.filter
def clock(seconds: float | None) -> str:
    """`{{ 192|clock }}` is 3:12."""
    return wording.clock(seconds)


@register.filter
def seconds(value: float) -> str:
    """`{{ 41.236|seconds }}` is 41.24: for addresses and scripts, in no one's language."""
    return f"{value:.2f}"


@register.filter
def megabytes(count: int) -> str:
    """`{{ 209715200|megabytes }}` is 200."""
    return wording.number(count / 1024**2, 0)


@register.filter
def duration(seconds: float | None) -> str:
    """`{{ 192|duration }}` is 3 min 12 s."""
    return wording.duration(seconds)


@register.filter
def figure(value: float | None, decimals: int | None = None) -> str:
    """`{{ 1.64|figure }}` is 1.6 and `{{ 148.2|figure }}` is 148; `|figure:2` asks for decimals."""
    return wording.number(value, decimals)


@register.filter
def percent(share: float | None) -> str:
    """`{{ 0.34|percent }}` is 34."""
    return wording.percent(share)


@register.filter
def when(moment: datetime | None) -> str:
    """`{{ session.date|when }}` is Today, 18:04 in the reader's time zone."""
    return wording.when(moment)


@register.filter
def moment(at: datetime | None) -> str:
    """`{{ session.date|moment }}` is Sat 21 Nov 2026, 18:04 in the reader's time zone."""
    return wording.moment(at)


@register.filter
def language(code: str) -> str:
    """`{{ "es"|language }}` is Spanish."""
    return wording.language_name(code)


@register.filter
def called(session: SpeechSession) -> str:
    """`{{ session|called }}` is its title, or Untitled talk."""
    return title_of(session)


@register.simple_tag
def spoken(pieces: Iterable[Piece]) -> SafeString:
    """One paragraph of a transcript. Built here, as two hours are some 20,000 words."""
    text = "".join(f"{escape(piece.gap)}{_spoken(piece)}" for piece in pieces)
    return mark_safe(text)  # noqa: S308 - all escaped


def _spoken(piece: Piece) -> str:
    text, label = escape(piece.text), escape(piece.label)
    if piece.start is None:
        mark = f'<mark class="word word-{piece.kind}" title="{label}">{text}</mark>'
        return text if piece.kind == "word" else mark
    times = f'data-start="{piece.start:.2f}" data-end="{piece.end:.2f}"'
    if piece.kind == "word":
        return f'<span class="word" {times}>{text}</span>'
    return (
        f'<button type="button" class="word word-{piece.kind}" {times} title="{label}"'
        f' aria-label="{label}">{text}</button>'
    )
