"""Everything that writes practice. Pages, API and consumers call only these."""

from practice.selectors import NotTheirs
from practice.services.asking import NoSuchQuestion, TooLate, ask_another
from practice.services.content import add_missing_content, store_questions, store_sequences
from practice.services.drawing import Plan
from practice.services.openings import note_opened
from practice.services.plans import (
    MOST_REMINDERS,
    TooManyReminders,
    delete_reminder,
    plan_of,
    renew_calendar,
    save_goal,
    save_reminder,
    stop_reminder_mails,
)
from practice.services.recordings import keep_recording
from practice.services.sequences import (
    FASTEST,
    MOST_STEPS,
    SLOWEST,
    SequenceSteps,
    TooManySequences,
    copy_sequence,
    delete_sequence,
    save_sequence,
)
from practice.services.sessions import (
    Completion,
    Offline,
    complete,
    delete_session,
    mark_step,
    pause,
    resume,
    start,
    start_offline,
    write_notes,
)
from practice.services.talks import ScriptRefused, Section, delete_talk, read_script, save_talk

__all__ = [
    "FASTEST",
    "MOST_REMINDERS",
    "MOST_STEPS",
    "SLOWEST",
    "Completion",
    "NoSuchQuestion",
    "NotTheirs",
    "Offline",
    "Plan",
    "ScriptRefused",
    "Section",
    "SequenceSteps",
    "TooLate",
    "TooManyReminders",
    "TooManySequences",
    "add_missing_content",
    "ask_another",
    "complete",
    "copy_sequence",
    "delete_reminder",
    "delete_sequence",
    "delete_session",
    "delete_talk",
    "keep_recording",
    "mark_step",
    "note_opened",
    "pause",
    "plan_of",
    "read_script",
    "renew_calendar",
    "resume",
    "save_goal",
    "save_reminder",
    "save_sequence",
    "save_talk",
    "start",
    "start_offline",
    "stop_reminder_mails",
    "store_questions",
    "store_sequences",
    "write_notes",
]
