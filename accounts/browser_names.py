"""What people call the browser or program behind a `User-Agent`."""

import re

from django.utils.translation import gettext as _

# The first that fits: most browsers also call themselves by the names below theirs.
_BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Version/.*Safari/"),
)
_SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS"),
    ("Chromebook", r"CrOS"),
    ("Linux", r"Linux"),
)


def browser_name(user_agent: str) -> str:
    """Such as "Firefox on Windows"; a program's own name where it is no browser; never empty."""
    browser = _first(_BROWSERS, user_agent)
    system = _first(_SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    if browser or system:
        return browser or system
    program = re.match(r"[\w.+ -]{1,40}", user_agent)
    return program[0].strip() if program and program[0].strip() else _("An unknown program")


def _first(patterns: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for name, pattern in patterns if re.search(pattern, text)), "")
