"""What a practice came to, reckoned from its recording's report: no web framework, no database."""

from practice.results.fillers import FillerFree, Heard, filler_free
from practice.results.pace import TOLERANCE, Rung, Target, ladder
from practice.results.report import Recorded, recorded_words

__all__ = [
    "TOLERANCE",
    "FillerFree",
    "Heard",
    "Recorded",
    "Rung",
    "Target",
    "filler_free",
    "ladder",
    "recorded_words",
]
