"""Everything between installed packages and a product that can start."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.utils import OperationalError

from engines.transcribers import TranscriberError, packaged_model
from verbalcoach import demo


class Command(BaseCommand):
    """Brings tables, static files, speech model and demo account up to date; can be run again."""

    help = "Brings tables, static files, the speech model and the demo account up to date."
    requires_system_checks = ()  # every start waits for this command

    def add_arguments(self, parser: CommandParser) -> None:
        """One choice: no demo account, for a server that others can reach."""
        parser.add_argument("--no-demo", action="store_true", help="Close the demo account.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say in one sentence what stands in the way."""
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        try:
            call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
        except OperationalError as error:
            raise CommandError(f"The database cannot be used: {error}") from error
        call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
        if "local" in settings.ANALYSIS_STT_PROVIDERS and not settings.ANALYSIS_MODEL:
            try:
                packaged_model.prepare(settings.MODEL_DIR)
            except TranscriberError as error:
                raise CommandError(str(error)) from error
        if settings.DEBUG and not options["no_demo"]:
            demo.open_account()
        else:
            demo.close_account()
