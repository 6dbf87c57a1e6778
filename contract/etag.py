"""Lists and details carry an ETag; who has that version already is answered 304."""

import hashlib
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


class ConditionalGetMixin(APIView):
    """Gives every successful JSON answer to a GET an ETag of its content.

    The answer is made either way: what is saved is the line and the client's work.
    """

    def finalize_response(  # type: ignore[override]  # views also answer with streams
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Ask the browser to keep the answer for this person, and to ask before using it."""
        answer = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        if request.method not in {"GET", "HEAD"} or not isinstance(answer, Response):
            return answer
        patch_cache_control(answer, private=True, no_cache=True)
        patch_vary_headers(answer, ["Authorization", "Cookie"])
        if answer.status_code == 200:
            answer.add_post_render_callback(lambda rendered: _conditional(request, rendered))
        return answer


def _conditional(request: Request, response: Response) -> HttpResponseBase | None:
    digest = hashlib.sha256(response.content).hexdigest()[:32]
    response["ETag"] = f'"{digest}"'
    return get_conditional_response(request, etag=response["ETag"], response=response)
