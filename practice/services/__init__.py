"""Everything that writes practice. Pages, API and consumers call only these."""

from practice.services.content import add_missing_content
from practice.services.sequences import SequenceSteps, copy_sequence, save_sequence
from practice.services.sessions import (
    Completion,
    NotTheirs,
    complete,
    keep_recording,
    mark_step,
    pause,
    resume,
    start,
    write_notes,
)

__all__ = [
    "Completion",
    "NotTheirs",
    "SequenceSteps",
    "add_missing_content",
    "complete",
    "copy_sequence",
    "keep_recording",
    "mark_step",
    "pause",
    "resume",
    "save_sequence",
    "start",
    "write_notes",
]
