"""A run on its way: claimed, worked on stage by stage, given back, ended.

`claims` says who may work on a run, `progress` what the watchers learn meanwhile, `stages` what
each stage computes, `results` what a finished run leaves behind, `queueing` where runs begin.
`mails` tells who waited for one, `retention` deletes recordings that were to be kept for a time.
"""

from speech_sessions.pipeline.claims import abandoned_runs, mark_sent
from speech_sessions.pipeline.mails import send_due as send_due_mails
from speech_sessions.pipeline.queueing import new_run, start_planned
from speech_sessions.pipeline.retention import delete_due as delete_due_recordings
from speech_sessions.pipeline.runner import run_next_stage

__all__ = [
    "abandoned_runs",
    "delete_due_recordings",
    "mark_sent",
    "new_run",
    "run_next_stage",
    "send_due_mails",
    "start_planned",
]
