"""`{% this_month user %}`: this month against the last, for pages of the whole product."""

from django import template

from accounts.models import User
from speech_sessions.presentation.months import Month
from speech_sessions.presentation.months import this_month as month_of

register = template.Library()


@register.inclusion_tag("speech_sessions/partials/this_month.html")
def this_month(user: User) -> dict[str, Month]:
    """The card."""
    return {"month": month_of(user)}
