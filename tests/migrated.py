"""The database as the migrations leave it, made once and copied for each product under test."""

import contextlib
import itertools
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX


class Migrated:
    """What a process migrated for its own tests, kept before the first of them wrote into it.

    Where none of the chosen tests needs a database there is none, and a copy is empty: what is
    connected then is the installation's own, and nobody's business.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "migrated.sqlite3"
        self._name = f"migrated_{os.getpid()}"
        self._numbers = itertools.count(1)
        self._is_postgres = connection.vendor == "postgresql"
        if self._is_postgres:
            # A template that anybody is connected to is not copied.
            connection.close()
            connection.close_pool()
            tests = connection.settings_dict["NAME"]
            is_of_tests = tests.startswith(TEST_DATABASE_PREFIX)
            template = f"TEMPLATE {tests}" if is_of_tests else ""
            self._on_server(f"CREATE DATABASE {self._name} {template}")
        elif connection.is_in_memory_db():
            connection.ensure_connection()
            with contextlib.closing(sqlite3.connect(self._file)) as copy:
                connection.connection.backup(copy)

    @contextlib.contextmanager
    def copy(self, file: Path) -> Iterator[str]:
        """The URL of a database of one's own, of the kind that the tests themselves use."""
        if not self._is_postgres:
            yield self.copied_to(file)
            return
        name = f"{self._name}_{next(self._numbers)}"
        self._on_server(f"CREATE DATABASE {name} TEMPLATE {self._name}")
        try:
            yield f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"
        finally:
            self._on_server(f"DROP DATABASE {name} WITH (FORCE)")

    def copied_to(self, file: Path) -> str:
        """The URL of a copy in a file; an empty one where the tests use a server."""
        if self._file.exists():
            shutil.copyfile(self._file, file)
        return f"sqlite:///{file}"

    def forget(self) -> None:
        """Leave nothing on a server."""
        if self._is_postgres:
            self._on_server(f"DROP DATABASE {self._name} WITH (FORCE)")

    @staticmethod
    def _on_server(command: str) -> None:
        parameters: dict[str, Any] = {**connection.get_connection_params(), "dbname": "postgres"}
        known = {
            key: parameters[key]
            for key in ("host", "port", "user", "password", "dbname")
            if parameters.get(key)
        }
        with psycopg.connect(**known, autocommit=True) as server:
            server.execute(command)
