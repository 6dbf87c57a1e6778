"""Which addresses belong to the API: what is promised of its answers holds for exactly these."""

import re

API_PREFIXES = (
    "/api/",
    "/api-auth/",
    "/auth/",
    "/users/",
    "/accounts/users/",
    "/accounts/voice-conversations/",
    "/conversations/sessions/",
    "/speech-sessions/api/",
)
# Pages at which programs that send or accept JSON reach the call of the same name.
SHARED_PATHS = ("/accounts/login", "/accounts/profile", "/accounts/register")
DOCUMENTATION_PATHS = ("/docs", "/redoc")

# Where a body may hold a recording; everywhere else bodies are small.
UPLOAD_PREFIXES = ("/speech-sessions/", "/api/v1/speech-sessions/", "/practice/")
# Where it may hold a picture.
_PICTURE = re.compile(r"/(accounts/profile|(api/v1/|accounts/)?users/\d{1,19})/picture/", re.ASCII)


def _with_slash(path: str) -> str:
    return path if path.endswith("/") else f"{path}/"


def is_api_path(path: str) -> bool:
    """Whether `path`, with or without its trailing slash, is an address of the API."""
    return _with_slash(path).startswith(API_PREFIXES)


def is_slash_agnostic(path: str) -> bool:
    """Whether `path` answers with and without its trailing slash, whatever the method."""
    return is_api_path(path) or path.rstrip("/") in DOCUMENTATION_PATHS + SHARED_PATHS


def takes_recordings(path: str) -> bool:
    """Whether a request to `path` may carry a recording."""
    return _with_slash(path).startswith(UPLOAD_PREFIXES)


def takes_pictures(path: str) -> bool:
    """Whether a request to `path` may carry a picture."""
    return _PICTURE.fullmatch(_with_slash(path)) is not None
