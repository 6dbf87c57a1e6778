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
from practice.services.talks import ScriptRefused, Section, delete_talk, read_script, save_talk

__all__ = [
    "Completion",
    "NotTheirs",
    "ScriptRefused",
    "Section",
    "SequenceSteps",
    "add_missing_content",
    "complete",
    "copy_sequence",
    "delete_talk",
    "keep_recording",
    "mark_step",
    "pause",
    "read_script",
    "resume",
    "save_sequence",
    "save_talk",
    "start",
    "write_notes",
]
