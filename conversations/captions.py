"""What was heard so far of a turn that is being spoken."""

from conversations import events, spool, turns
from conversations.models import TutorSession
from conversations.sound import BYTES_A_SAMPLE, SAMPLE_RATE, wav_of
from speech.services import SpeechError, hear

# The beginning of a long turn is on the page already; only its end is heard again.
LONGEST_HEARD = 25 * SAMPLE_RATE * BYTES_A_SAMPLE


def hear_so_far(session_id: int) -> None:
    """Tell what was heard of the turn that is being spoken; nothing where none is."""
    session = TutorSession.objects.filter(pk=session_id).first()
    spooled = spool.of_session(session_id)
    # Who waits for an answer is heard first.
    if session is None or not spooled or turns.next_waiting(session_id) is not None:
        return
    frames = spooled[-1].read()
    if not frames:
        return
    try:
        heard = hear(wav_of(frames[-LONGEST_HEARD:]), language=session.target_language_code)
    except SpeechError:
        return
    if heard.text.strip() and spooled[-1].size:
        events.publish_partial(session, spooled[-1].client_id, heard.text.strip())
