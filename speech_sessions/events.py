"""What is told over WebSockets about a session's analysis, and how it is sent."""

from typing import Literal, TypedDict, cast

from accounts import live
from speech_sessions import messages
from speech_sessions.models import AnalysisRun, SpeechSession

AnalysisStateName = Literal["queued", "running", "done", "failed", "nothing_to_analyse"]


class AnalysisError(TypedDict):
    """Why an analysis failed: a code for programs, a sentence for people."""

    code: str
    message: str


class AnalysisState(TypedDict):
    """How far a session's newest analysis is; `progress` in percent."""

    state: AnalysisStateName
    stage: str
    progress: int
    error: AnalysisError | None


class AnalysisMessage(AnalysisState):
    """One message on `/ws/speech-sessions/{id}/`. `seq` rises with each event of the session."""

    type: Literal["snapshot", "progress", "done", "failed"]
    id: int
    seq: int


def group_name(session_id: int) -> str:
    """The channel group in which everybody who watches the session listens."""
    return f"speech_session.{session_id}"


def state_of(session: SpeechSession) -> AnalysisState:
    """How far the session's newest analysis is."""
    run = session.current_run
    if run is not None:
        return state_of_run(run)
    state: AnalysisStateName = "done" if session.report_id else "nothing_to_analyse"
    return {"state": state, "stage": "", "progress": 100 if session.report_id else 0, "error": None}


def state_of_run(run: AnalysisRun) -> AnalysisState:
    """How far `run` is."""
    failed = run.state == AnalysisRun.State.FAILED
    error: AnalysisError = {"code": run.error, "message": messages.failure(run.error)}
    return {
        "state": cast("AnalysisStateName", run.state),
        "stage": run.stage,
        "progress": run.progress,
        "error": error if failed else None,
    }


def snapshot(session: SpeechSession) -> AnalysisMessage:
    """What a client learns first: everything up to now."""
    seq = session.current_run.seq if session.current_run else 0
    return {"type": "snapshot", "id": session.pk, "seq": seq, **state_of(session)}


def publish(run: AnalysisRun) -> None:
    """Tell everybody who watches; nobody is told when the channel layer is down, pages then poll.

    Call after the commit, with `run.seq` already raised.
    """
    kinds: dict[str, Literal["done", "failed"]] = {"done": "done", "failed": "failed"}
    message: AnalysisMessage = {
        "type": kinds.get(run.state, "progress"),
        "id": run.session_id,
        "seq": run.seq,
        **state_of_run(run),
    }
    live.tell(group_name(run.session_id), message)
