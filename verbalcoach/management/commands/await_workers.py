"""Waits for the workers, so that whoever starts them can say when the product is whole."""

import time
from typing import Any

from celery.exceptions import CeleryError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from kombu.exceptions import OperationalError

from verbalcoach.celery import app

# The tutor's comes by itself, its model loaded: a talk waits for it, a first page need not.
WORKERS = frozenset({"transcription", "light"})


class Command(BaseCommand):
    """Ends when every kind of worker answers."""

    help = "Waits until every kind of worker answers."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """How long to wait."""
        parser.add_argument("--timeout", type=float, default=90.0, help="Seconds.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask until all have answered once."""
        silent = set(WORKERS)
        end = time.monotonic() + options["timeout"]
        while silent and time.monotonic() < end:
            try:
                answers = app.control.ping(timeout=0.5, limit=len(WORKERS) + 1) or []
            except (OperationalError, CeleryError, OSError):
                time.sleep(0.3)
                continue
            silent -= {name.split("@")[0] for answer in answers for name in answer}
        if silent:
            raise CommandError(f"No answer from: {', '.join(sorted(silent))}.")
