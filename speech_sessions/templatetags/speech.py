"""Template filters that say numbers, times and languages; the words are in presentation.wording."""

from datetime import datetime

from django import template

from speech_sessions.presentation import wording

register = template.Library()


@register.filter
def clock(seconds: float | None) -> str:
    """`{{ 192|clock }}` is 3:12."""
    return wording.clock(seconds)


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
