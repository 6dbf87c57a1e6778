"""An HTTP client whose answers end in time, however slowly they come."""

import functools
import ssl
import time
from collections.abc import Iterator
from typing import Any

import httpx2


class BoundedClient(httpx2.Client):
    """A time-out of the library is for each wait; here it also bounds the whole of an answer.

    Without it a server that sends a byte now and then could hold its caller for ever.
    """

    def __init__(self) -> None:
        super().__init__(verify=_trusted(), follow_redirects=True)

    def send(
        self, request: httpx2.Request, *, stream: bool = False, **rest: Any
    ) -> httpx2.Response:
        """As the library does; raises httpx2.ReadTimeout when the answer takes too long."""
        seconds = request.extensions.get("timeout", {}).get("read")
        until = None if seconds is None else time.monotonic() + seconds
        response = super().send(request, stream=True, **rest)
        if until is not None and isinstance(response.stream, httpx2.SyncByteStream):
            response.stream = _Until(response.stream, until, request)
        if stream:
            return response
        try:
            response.read()
        except BaseException:
            response.close()
            raise
        return response


class _Until(httpx2.SyncByteStream):
    def __init__(
        self, stream: httpx2.SyncByteStream, until: float, request: httpx2.Request
    ) -> None:
        self._stream, self._until, self._request = stream, until, request

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            if time.monotonic() > self._until:
                raise httpx2.ReadTimeout("The answer takes too long.", request=self._request)
            yield part

    def close(self) -> None:
        self._stream.close()


@functools.cache
def _trusted() -> ssl.SSLContext:
    """The authorities that are trusted; reading them takes longer than many an answer."""
    return httpx2.create_ssl_context()
