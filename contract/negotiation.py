"""Which form an answer takes: the view's own, whatever `Accept` or `?format=` say.

The API speaks JSON and nothing else, so a player that accepts only sound is still told in JSON what
is wrong, and `format` stays free for views that have a use for it.
"""

from collections.abc import Sequence

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class OneForm(DefaultContentNegotiation):
    """Chooses a view's first renderer; parsers are chosen by the body's type as ever."""

    def select_renderer(
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The first renderer and its media type."""
        return renderers[0], str(renderers[0].media_type)
