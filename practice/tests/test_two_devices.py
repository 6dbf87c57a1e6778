"""Two devices report one person's practice, at once or late: the numbers stay possible and true."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract.models import IdempotencyKey
from practice import selectors, services
from practice.models import LONGEST_SESSION, PracticeDay, PracticeRun, PracticeSession
from practice.streaks import Moment, newest_run
from practice.tests.conftest import PRACTICE

NAMES = ("phone-1", "phone-2")
COUNTED = ("completed", "partial")

seconds = st.integers(0, LONGEST_SESSION)
which = st.integers(0, 3)
ago = st.integers(0, 29 * 24 * 60)  # minutes
statuses = st.sampled_from(PracticeSession.Status.values)
pauses = st.fixed_dictionaries({"op": st.just("pause"), "duration_so_far": seconds})
resumes = st.fixed_dictionaries({"op": st.just("resume")})
steps = st.fixed_dictionaries(
    {"op": st.just("step"), "number": st.integers(0, 5), "completed": st.booleans()}
)
ends = st.fixed_dictionaries(
    {"op": st.just("complete"), "duration_seconds": seconds, "completion_status": statuses}
)
moves = st.one_of(
    # The device that is online,
    st.tuples(st.just("start")),
    st.tuples(st.just("online"), which, st.one_of(pauses, resumes, steps, ends)),
    st.tuples(st.just("delete"), which),
    # the one that is not, with names of its own and the numbers that it knows,
    st.tuples(st.just("begin"), st.sampled_from(NAMES), ago),
    st.tuples(st.just("offline"), which, st.one_of(pauses, resumes, steps, ends), ago),
    # and its reports, of which some are lost on the way back and sent again.
    st.tuples(st.just("report"), st.booleans()),
)


class Story:
    """What both devices did so far."""

    def __init__(self, user, phone) -> None:
        self.user, self.phone = user, phone
        self.ids: list[int] = []
        self.queue: list[dict] = []
        self.made = 0

    def play(self, name, *rest) -> None:
        getattr(self, name)(*rest)

    def start(self) -> None:
        self.ids.append(services.start(self.user).pk)

    def online(self, which, change) -> None:
        if not self.ids:
            return
        named = {key: value for key, value in change.items() if key != "op"}
        session_id = self.ids[which % len(self.ids)]
        if change["op"] == "pause":
            services.pause(self.user, session_id, **named)
        elif change["op"] == "resume":
            services.resume(self.user, session_id)
        elif change["op"] == "step":
            services.mark_step(self.user, session_id, **named, seconds=None)
        else:
            said = services.Completion(named["duration_seconds"], named["completion_status"])
            services.complete(self.user, session_id, said)

    def delete(self, which) -> None:
        if self.ids:
            services.delete_session(self.user, self.ids.pop(which % len(self.ids)))

    def begin(self, session, minutes) -> None:
        self._queue(session, {"op": "start"}, minutes)

    def offline(self, which, change, minutes) -> None:
        known = [*NAMES, *self.ids]
        self._queue(known[which % len(known)], change, minutes)

    def report(self, lost) -> None:
        first = self._send()
        if lost:
            before = rows()
            again = self._send()
            done = [each for each in first if each["status"] < 300]
            assert [each for each in again if each["key"] in {one["key"] for one in done}] == done
            assert rows() == before
        self.queue.clear()

    def _queue(self, session, change, minutes) -> None:
        at = (timezone.now() - timedelta(minutes=minutes)).isoformat()
        self.made += 1
        self.queue.append({"key": f"key-{self.made}", "session": session, "at": at, **change})

    def _send(self) -> list[dict]:
        body = {"operations": self.queue}
        answer = self.phone.post(f"{PRACTICE}sync/", body, format="json")
        assert answer.status_code == 200
        results = answer.json()["results"]
        assert [each["key"] for each in results] == [each["key"] for each in self.queue]
        assert all(("body" in each) == (each["status"] < 300) for each in results)
        return results


def rows() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (PracticeSession, PracticeDay)]


@pytest.mark.django_db
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(moves, max_size=25))
def test_practice_reported_in_any_order_stays_possible(alice, alices_phone, moves_of_both):
    for model in (PracticeSession, PracticeDay, PracticeRun, IdempotencyKey):
        model.objects.all().delete()
    story = Story(alice, alices_phone)
    before: dict[int, PracticeSession] = {}
    for move in moves_of_both:
        story.play(*move)
        now = {session.pk: session for session in PracticeSession.objects.all()}
        for pk, session in now.items():
            check_session(session, before.get(pk))
        before = now
        unfinished = [session for session in now.values() if session.completed_at is None]
        newest = max(unfinished, key=lambda each: (each.started_at, each.pk), default=None)
        assert selectors.current_session(alice) == newest
    check_totals(alice, list(before.values()))


def check_session(session: PracticeSession, was: PracticeSession | None) -> None:
    assert 0 <= session.duration_seconds <= LONGEST_SESSION
    for each in session.pauses.all():
        assert each.ended_at is None or each.ended_at >= each.started_at >= session.started_at
    assert (session.paused_at is not None) == session.pauses.filter(ended_at=None).exists()
    if session.completed_at:
        assert session.completed_at >= session.started_at
        assert session.elapsed_seconds >= 0
    if was is None:
        return
    assert session.seq >= was.seq
    if was.completed_at:
        assert session.duration_seconds == was.duration_seconds
        assert session.completion_status == was.completion_status
    elif not session.completed_at:
        assert session.duration_seconds >= was.duration_seconds


def check_totals(alice, sessions: list[PracticeSession]) -> None:
    """Everything that is kept or added up, against a recount of the sessions themselves."""
    ended = [session for session in sessions if session.completed_at]
    done = [each.duration_seconds for each in ended if each.completion_status == "completed"]
    found = selectors.statistics(alice)
    assert found.total_sessions == len(done)
    assert found.total_practice_time_seconds == sum(done)
    assert found.average_duration_seconds == (round(sum(done) / len(done), 1) if done else 0)
    rate = round(100 * len(done) / len(sessions), 1) if sessions else 0
    assert found.completion_rate_percent == rate
    counted: dict = {}
    for each in ended:
        total = counted.setdefault((each.local_date, each.kind), [0, 0])
        total[0] += each.duration_seconds
        total[1] += 1
    kept = PracticeDay.objects.values_list("date", "kind", "seconds", "sessions")
    assert {(date, kind): [*numbers] for date, kind, *numbers in kept} == counted
    run = newest_run(
        Moment(each.started_at, each.time_zone)
        for each in ended
        if each.completion_status in COUNTED
    )
    streak = selectors.streak_of(alice)
    assert streak.best == (run.best if run else 0)
    assert streak.current in {0, run.length if run else 0}
