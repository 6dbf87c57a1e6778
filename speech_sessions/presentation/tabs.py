"""The tabs of a report's page: each has an address of its own and works without scripts."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from speech_sessions.presentation.measures import Text

TABS: dict[str, Text] = {
    "summary": _("Summary"),
    "transcript": _("Transcript"),
    "delivery": _("Delivery"),
    "words": _("Words"),
    "practice": _("Practice next"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: its name in the address, its label, and whether the page shows it."""

    name: str
    label: Text
    is_open: bool


def tabs(asked: str) -> list[Tab]:
    """All tabs with the one open that the address asks for, the first where it asks for none."""
    shown = asked if asked in TABS else next(iter(TABS))
    return [Tab(name, label, name == shown) for name, label in TABS.items()]
