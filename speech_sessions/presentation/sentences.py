"""The engine's sentences in the reader's language."""

from typing import Any

from django.utils.translation import get_language, gettext, ngettext

from analysis.messages import TEMPLATES, render


def sentence(message: dict[str, Any]) -> str:
    """A message of a report; one of an engine that is gone stays as it was written."""
    if message["id"] not in TEMPLATES:
        return str(message["text"])
    return render(message["id"], message["params"], gettext, ngettext)


def advice(feedback: dict[str, Any], name: str) -> str:
    """One sentence of a report's feedback; empty where the engine claims nothing.

    Language models word it in English: who reads another language reads the rules' sentence.
    """
    if not feedback.get(name):
        return ""
    reworded = (feedback.get("rewording") or {}).get("sentences", {})
    if name in reworded and (get_language() or "").startswith("en"):
        return str(reworded[name])
    return sentence({"text": feedback[name], **feedback["messages"][name]})
