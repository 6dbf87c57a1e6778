"""The demo account's recordings: fetched, submitted, and analysed as anybody's would be."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from verbalcoach import demo, samples


class Command(BaseCommand):
    """Gives the demo account analysed recordings of a human voice."""

    help = "Gives the demo account recordings of a human voice; the workers analyse them."

    def add_arguments(self, parser: CommandParser) -> None:
        """`make run` wants silence when there is nothing to do."""
        parser.add_argument("--quiet", action="store_true", help="Say only what is new.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Submit what the account does not have yet; say how to sign in."""
        if not settings.DEBUG:
            if options["quiet"]:
                return
            raise CommandError("There is no demo account with DEBUG off.")
        account = demo.open_account()
        try:
            submitted = demo.add_recordings(account, again=not options["quiet"])
        except samples.NoRecordings as error:
            self.stderr.write(f"Demo: {error}")
            submitted = []
        for title in submitted:
            self.stdout.write(f"Demo: “{title}” is being analysed")
        if not options["quiet"]:
            self.stdout.write(f"Sign in as {account.email} with the password {account.password}")
