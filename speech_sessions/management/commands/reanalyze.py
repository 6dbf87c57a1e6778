"""`manage.py reanalyze`: measure old recordings again by the present formulas."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from analysis.measures import FORMULA_VERSION
from speech_sessions import services


class Command(BaseCommand):
    """Plans new analyses; beat starts them one by one while nobody else waits."""

    help = (
        "Measure again, in the background, what was measured by older formulas. New recordings go "
        "first; values set by hand stay. Calling it again plans nothing twice."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """A parser whose --version is ours, not Django's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """What to measure again."""
        parser.add_argument(
            "--version",
            type=int,
            default=FORMULA_VERSION,
            help="Reports of formulas older than this one (the present one unless given).",
        )
        parser.add_argument("--user", metavar="EMAIL", help="Only this person's sessions.")
        parser.add_argument("--limit", type=int, metavar="N", help="The N newest at most.")
        parser.add_argument("--dry-run", action="store_true", help="Count them, plan nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, and say how many."""
        limit, email = options["limit"], options["user"]
        if limit is not None and limit < 1:
            raise CommandError("--limit must be 1 or more.")
        user = User.objects.filter(email__iexact=email).first() if email else None
        if email and user is None:
            raise CommandError(f"There is nobody with the address {email}.")
        try:
            count = services.plan_reanalysis(
                options["version"], user=user, limit=limit, dry_run=options["dry_run"]
            )
        except services.UnknownVersion as error:
            raise CommandError(
                f"There are formulas of version 1 to {FORMULA_VERSION} here, not {error}."
            ) from error
        sessions = "1 session" if count == 1 else f"{count} sessions"
        if options["dry_run"]:
            self.stdout.write(f"{sessions} would be measured again.")
        else:
            self.stdout.write(f"{sessions} will be measured again, while no new recording waits.")
