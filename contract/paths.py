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
    "/pronunciation/assess/",
    "/speech-sessions/api/",
    "/speech/",
)
# Pages at which programs that send or accept JSON reach the call of the same name.
SHARED_PATHS = ("/accounts/login", "/accounts/profile", "/accounts/register")
DOCUMENTATION_PATHS = ("/docs", "/redoc")

# Where a body may hold a recording; everywhere else bodies are small.
UPLOAD_PREFIXES = (
    "/speech-sessions/",
    "/api/v1/speech-sessions/",
    "/practice/",
    "/pronunciation/",
    "/api/v1/pronunciation/",
)
# Where it may hold a picture.
_PICTURE = re.compile(r"/(accounts/profile|(api/v1/|accounts/)?users/\d{1,19})/picture/", re.ASCII)

# Where it may be the sound of one turn, in a form or by itself.
_TURN = re.compile(
    r"/(api/v1/)?(conversations/sessions/\d{1,19}/audio|speech/transcribe)/", re.ASCII
)
# Where it may be a file of words.
_TABLE = re.compile(r"/(api/v1/)?vocabulary/import/", re.ASCII)


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


def takes_tables(path: str) -> bool:
    """Whether a request to `path` may carry a file of words."""
    return _TABLE.fullmatch(_with_slash(path)) is not None


def takes_pictures(path: str) -> bool:
    """Whether a request to `path` may carry a picture."""
    return _PICTURE.fullmatch(_with_slash(path)) is not None


def takes_turns(path: str) -> bool:
    """Whether a request to `path` may carry the sound of a turn."""
    return _TURN.fullmatch(_with_slash(path)) is not None
