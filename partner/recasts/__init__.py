"""Common learner errors and their better forms, from rules as data."""

from .rules import Correction, Finding, corrections_in, findings_in

__all__ = ["Correction", "Finding", "corrections_in", "findings_in"]
