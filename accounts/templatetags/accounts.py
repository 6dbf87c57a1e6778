"""Filters of the account pages."""

from django import template

from accounts.browser_names import browser_name as name_of_browser

register = template.Library()


@register.filter
def browser_name(user_agent: str) -> str:
    """What people call the browser or program behind a `User-Agent`."""
    return name_of_browser(user_agent)
