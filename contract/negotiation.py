"""Which form an answer takes: the view's own, whatever `Accept` or `?format=` say.

The API speaks JSON and nothing else, so a player that accepts only sound is still told in JSON what
is wrong, and `format` stays free for views that have a use for it.
"""

from collections.abc import Iterable

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class OneForm(DefaultContentNegotiation):
    """Chooses a view's first renderer; parsers are chosen by the body's type as ever."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The first renderer and its media type."""
        first = next(iter(renderers))
        return first, str(first.media_type)
