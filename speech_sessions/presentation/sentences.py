"""The engine's sentences in the reader's language."""

from typing import Any

from django.utils.translation import gettext, ngettext

from analysis.messages import TEMPLATES, render


def sentence(message: dict[str, Any]) -> str:
    """A message of a report; one of an engine that is gone stays as it was written."""
    if message["id"] not in TEMPLATES:
        return str(message["text"])
    return render(message["id"], message["params"], gettext, ngettext)


def advice(feedback: dict[str, Any], name: str) -> str:
    """One sentence of a report's feedback; empty where the engine claims nothing."""
    if not feedback.get(name):
        return ""
    return sentence({"text": feedback[name], **feedback["messages"][name]})
