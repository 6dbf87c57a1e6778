"""The WebSocket on which a person's devices see one state of their practice."""

from typing import Any
from urllib.parse import parse_qs

from accounts.live import LiveConsumer
from contract.ids import whole_number
from practice import events, selectors


class PracticeConsumer(LiveConsumer):
    """Sends the current session, then every change of any session of the person.

    Two changes of different sessions made at the same moment may be told the other way round: for
    each session the greatest `seq` stands.
    """

    in_order = False

    def group_of(self) -> str:
        """All devices of the person listen there."""
        return events.group_name(self._who().pk)

    def snapshot(self) -> events.PracticeSnapshot:
        """The current session, and with `?last_seq=` those that changed since."""
        user, last_seq = self._who(), self._last_seq()
        # The number comes first: what changes in between is told again rather than never.
        seq = selectors.change_number(user)
        changed = [] if last_seq is None else selectors.changed_since(user, last_seq)
        return events.snapshot(seq, selectors.current_session(user), list(changed))

    def _who(self) -> Any:
        return self.scope["user"]

    def _last_seq(self) -> int | None:
        sent = parse_qs(self.scope.get("query_string", b"").decode("latin-1")).get("last_seq", [""])
        return whole_number(sent[0])
