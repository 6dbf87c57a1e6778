"""What a session is before anything was analysed."""

import re

from django.test import TestCase

from accounts.models import User
from speech_sessions.models import SpeechSession, recording_path


class SpeechSessionModelTest(TestCase):
    def setUp(self):
        self.alice = User.objects.create_user("alice@example.org", "a quiet morning in May")

    def test_new_session_waits_with_nothing_counted(self):
        session = SpeechSession.objects.create(user=self.alice, duration=300)

        assert session.status == SpeechSession.Status.PENDING
        assert (session.filler_count, session.pacing_analysis) == (0, "")
        assert session.confidence_score is None

    def test_recording_gets_a_random_name_by_day_and_keeps_its_extension(self):
        paths = {recording_path(SpeechSession(user=self.alice), "My talk.WAV") for _ in range(2)}

        assert len(paths) == 2
        for path in paths:
            assert re.fullmatch(r"speech_sessions/\d{4}/\d\d/\d\d/[\w-]{32}\.wav", path)
