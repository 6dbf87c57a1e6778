"""How a short text was said aloud, against how it is said: `assess` (docs/analysis.md)."""

from analysis.pronunciation.assessment import (
    AssessedPhone,
    AssessedWord,
    Assessment,
    Verdict,
    assess,
)

__all__ = ["AssessedPhone", "AssessedWord", "Assessment", "Verdict", "assess"]
