"""Every address of the URL configuration, spelled as one string."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

_GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")


def routes() -> dict[str, URLPattern]:
    """Route to pattern; optional suffixes such as `.json` are left out."""
    return dict(_below(get_resolver().url_patterns, ""))


def _below(patterns: list[Any], prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = prefix + _spelled(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns, route)
        else:
            yield route, pattern


def _spelled(pattern: Any) -> str:
    text = str(pattern)
    if "(?P" not in text and not text.startswith("^"):
        return text
    plain = _GROUP.sub(r"<\1>", text).removeprefix("^").removesuffix("\\Z").removesuffix("$")
    return plain.replace("\\.", ".")
