"""Template filters that say weekdays."""

from django import template
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def weekdays(digits: str) -> str:
    """`{{ "12345"|weekdays }}` is Monday to Friday, `{{ "13"|weekdays }}` Mon, Wed."""
    if digits == "1234567":
        return _("every day")
    if digits == "12345":
        return _("Monday to Friday")
    if len(digits) == 1:
        return str(WEEKDAYS[int(digits) - 1])
    return ", ".join(str(WEEKDAYS_ABBR[int(digit) - 1]) for digit in digits)
