"""The WebSocket on which one watches the analysis of a session."""

from accounts.live import NOT_THERE, LiveConsumer
from speech_sessions import events, selectors
from speech_sessions.models import SpeechSession


class AnalysisConsumer(LiveConsumer):
    """Closes with 4404 where there is no such session, or no more, or it is somebody else's."""

    def group_of(self) -> str:
        """Everybody who watches the session listens there."""
        return events.group_name(self._session_id)

    def refusal(self) -> int | None:
        """The code to close with where the session may not be seen."""
        refused = super().refusal()
        if refused is not None:
            return refused
        return None if self._session() else NOT_THERE

    def snapshot(self) -> events.AnalysisMessage | int:
        """How far the analysis is."""
        session = self._session()
        return events.snapshot(session) if session else NOT_THERE

    @property
    def _session_id(self) -> int:
        session_id: int = self.scope["url_route"]["kwargs"]["session_id"]
        return session_id

    def _session(self) -> SpeechSession | None:
        try:
            return selectors.session_of(self.scope["user"], self._session_id)
        except SpeechSession.DoesNotExist:
            return None
