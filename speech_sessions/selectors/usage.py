"""What somebody uses of the installation."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from accounts.models import User
from speech_sessions.models import SpeechSession


@dataclass(frozen=True)
class Usage:
    """Sessions, how long they are together (s), and the size of their recordings (bytes)."""

    sessions: int
    seconds: int
    bytes: int


def usage_of(user: User) -> Usage:
    """What `user` uses; each recording is asked for its size, one that is missing counts as 0."""
    own = SpeechSession.objects.filter(user=user)
    sums = own.aggregate(sessions=Count("pk"), seconds=Sum("duration"))
    storage = SpeechSession.audio_file.field.storage
    size = 0
    for name in own.exclude(audio_file="").values_list("audio_file", flat=True):
        try:
            size += storage.size(name)
        except OSError:
            continue
    return Usage(sessions=sums["sessions"], seconds=sums["seconds"] or 0, bytes=size)
