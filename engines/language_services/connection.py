"""What all of these services are asked through: one client with its connections."""

from typing import Any

from engines.asking import LOOPBACK, host_of
from engines.bounded_client import BoundedClient
from engines.failures import of_silence
from engines.language_services import LanguageServiceError
from engines.wire import fetch, json_in


class Connection:
    """A client of the service at `base`."""

    def __init__(self, base: str) -> None:
        self._base = base.rstrip("/")
        self._client = BoundedClient()
        self.host = host_of(base)
        self.leaves_machine = self.host not in LOOPBACK

    def get(self, path: str, *, timeout: float, **how: Any) -> Any:
        """The JSON at `path`. Raises LanguageServiceError."""
        return self._json("GET", path, timeout, how)

    def post(self, path: str, *, timeout: float, **how: Any) -> Any:
        """The JSON that comes back. Raises LanguageServiceError."""
        return self._json("POST", path, timeout, how)

    def _json(self, method: str, path: str, timeout: float, how: dict[str, Any]) -> Any:
        url = self._base + path
        body, _ = fetch(LanguageServiceError, self._client, method, url, timeout=timeout, **how)
        return json_in(LanguageServiceError, body)


def not_as_agreed(error: Exception) -> LanguageServiceError:
    """JSON came, but not what the service promises."""
    return of_silence(LanguageServiceError, f"what came is not as agreed ({type(error).__name__})")
