"""Two devices report one person's practice in any order: the numbers stay possible and true."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practice import selectors, services
from practice.models import LONGEST_SESSION, PracticeDay, PracticeSession

seconds = st.integers(0, LONGEST_SESSION)
which = st.integers(0, 3)
moves = st.one_of(
    st.tuples(st.just("start")),
    st.tuples(st.just("pause"), which, seconds),
    st.tuples(st.just("resume"), which),
    st.tuples(st.just("step"), which, st.integers(1, 5), st.booleans()),
    st.tuples(st.just("complete"), which, seconds, st.sampled_from(PracticeSession.Status.values)),
)


def play(user, move, ids):
    name, *rest = move
    if name == "start":
        ids.append(services.start(user).pk)
        return
    if not ids:
        return
    session_id = ids[rest[0] % len(ids)]
    if name == "pause":
        services.pause(user, session_id, rest[1])
    elif name == "resume":
        services.resume(user, session_id)
    elif name == "step":
        services.mark_step(user, session_id, rest[1], completed=rest[2], seconds=None)
    else:
        services.complete(user, session_id, services.Completion(rest[1], rest[2]))


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(moves, max_size=25))
def test_practice_reported_in_any_order_stays_possible(alice, story):
    PracticeSession.objects.all().delete()
    PracticeDay.objects.all().delete()
    ids: list[int] = []
    before: dict[int, PracticeSession] = {}
    for move in story:
        play(alice, move, ids)
        now = {session.pk: session for session in PracticeSession.objects.all()}
        for pk, session in now.items():
            assert 0 <= session.duration_seconds <= LONGEST_SESSION
            was = before.get(pk)
            if was is not None and was.completed_at:
                assert session.duration_seconds == was.duration_seconds
                assert session.completion_status == was.completion_status
            elif was is not None and not session.completed_at:
                assert session.duration_seconds >= was.duration_seconds
        before = now
        unfinished = [session for session in now.values() if session.completed_at is None]
        newest = max(unfinished, key=lambda each: (each.started_at, each.pk), default=None)
        assert selectors.current_session(alice) == newest
    ended = [session for session in before.values() if session.completed_at]
    done = [each.duration_seconds for each in ended if each.completion_status == "completed"]
    found = selectors.statistics(alice)
    assert found.total_sessions == len(done)
    assert found.total_practice_time_seconds == sum(done)
    rate = round(100 * len(done) / len(before), 1) if before else 0
    assert found.completion_rate_percent == rate
    assert sum(day.seconds for day in PracticeDay.objects.all()) == sum(
        session.duration_seconds for session in ended
    )
