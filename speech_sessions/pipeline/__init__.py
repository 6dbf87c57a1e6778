"""A run on its way: claimed, worked on stage by stage, given back, ended.

`claims` says who may work on a run, `progress` what the watchers learn meanwhile, `stages` what
each stage computes, `results` what a finished run leaves behind, `queueing` where runs begin.
"""

from speech_sessions.pipeline.claims import abandoned_runs, mark_sent
from speech_sessions.pipeline.queueing import new_run, start_planned
from speech_sessions.pipeline.runner import run_next_stage

__all__ = ["abandoned_runs", "mark_sent", "new_run", "run_next_stage", "start_planned"]
