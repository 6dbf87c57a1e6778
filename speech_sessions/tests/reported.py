"""Sessions with a real report of words whose times are written down here: no recogniser needed."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from analysis import engine
from analysis.options import AnalysisOptions
from analysis.report import Report
from analysis.timeline import Span
from engines.transcribers import Transcript, Word
from speech_sessions import services
from speech_sessions.models import AnalysisRun, SpeechSession
from speech_sessions.pipeline import results
from speech_sessions.tests.conftest import upload, wav

# `/1.2/` is a pause of 1.2 seconds.
TALK = (
    "Thank you all for coming. Um, /1.2/ this quarter we set out to do one thing, and I want to"
    " show you that we did it. /0.4/ We moved the billing system to the new /1.6/ platform uh,"
    " without losing a single invoice. /0.5/ Basically, what took four people a week now takes one"
    " person an afternoon. /0.6/ Um, the second thing is support. When we we started, a customer"
    " waited two days for an answer; now it is, like, three hours, /1.1/ um, three hours on a bad"
    " day. /0.7/ That is what we set out to do, and we did it."
)
WORD_SECONDS = 0.3


def spoken(script: str = TALK) -> tuple[Transcript, list[Span], float]:
    """The words of a script with their times, the stretches of speech, and the length in all."""
    at, start = 0.5, 0.5
    words: list[Word] = []
    speech: list[Span] = []
    for part in script.split():
        pause = re.fullmatch(r"/([\d.]+)/", part)
        if pause:
            speech.append(Span(start, at))
            at = start = round(at + float(pause[1]), 2)
        else:
            words.append(Word(part, round(at, 2), round(at + WORD_SECONDS - 0.02, 2), 0.9))
            at = round(at + WORD_SECONDS, 2)
    speech.append(Span(start, at))
    text = re.sub(r"/[\d.]+/ ", "", script)
    return Transcript(text, "en", 0.99, tuple(words), "words"), speech, at + 0.5


def report_of(script: str = TALK) -> Report:
    """What the engine measures and advises."""
    transcript, speech, seconds = spoken(script)
    report = engine.measure(transcript, speech, seconds, AnalysisOptions("en"))
    return replace(report, feedback=engine.feedback(report))


def reported_session(user: User, script: str = TALK, **fields: Any) -> SpeechSession:
    """A session of `user` whose recording was analysed; its sound is silence."""
    session = services.submit_recording(user, upload(wav()), **fields)
    run = session.current_run
    now = timezone.now()
    AnalysisRun.objects.filter(pk=run.pk).update(
        state=AnalysisRun.State.RUNNING,
        worker="test",
        started_at=now - timedelta(seconds=21),
        lease_until=now + timedelta(minutes=1),
        recording={"peaks": [0.1, 0.8, 0.4], "duration": report_of(script).duration_seconds},
    )
    run.refresh_from_db()
    results.finish(run, report_of(script))
    SpeechSession.objects.filter(pk=session.pk).update(outline=[0.1, 0.8, 0.4])
    return SpeechSession.objects.get(pk=session.pk)
