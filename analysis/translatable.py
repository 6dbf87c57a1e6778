"""Marks for sentences that pages translate: named like gettext's, they only mark."""


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation."""
    return text


def ngettext(singular: str, plural: str) -> tuple[str, str]:
    """Mark a sentence with its plural for translation."""
    return singular, plural
