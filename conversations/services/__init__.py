"""Talks: storing them, and having them with the tutor."""

from conversations.services.ending import end, keep_words
from conversations.services.realtime_turns import Said, keep_said, may_go_on
from conversations.services.scenarios import TooMany, delete_scenario, save_scenario
from conversations.services.spoken import (
    TooManyVoices,
    add_frames,
    begin_turn,
    cancel_turn,
    end_turn,
    take_in_left_turns,
)
from conversations.services.stored import add_feedback, change, create, delete
from conversations.services.tutor import (
    NotPossible,
    SessionEnded,
    Start,
    set_patience,
    start,
    take_audio,
    take_text,
    wait_for_answer,
)

__all__ = [
    "NotPossible",
    "Said",
    "SessionEnded",
    "Start",
    "TooMany",
    "TooManyVoices",
    "add_feedback",
    "add_frames",
    "begin_turn",
    "cancel_turn",
    "change",
    "create",
    "delete",
    "delete_scenario",
    "end",
    "end_turn",
    "keep_said",
    "keep_words",
    "may_go_on",
    "save_scenario",
    "set_patience",
    "start",
    "take_audio",
    "take_in_left_turns",
    "take_text",
    "wait_for_answer",
]
