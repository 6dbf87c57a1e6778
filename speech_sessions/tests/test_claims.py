import time
from datetime import timedelta

import pytest
from django.utils import timezone

from speech_sessions import messages, pipeline, services
from speech_sessions.models import AnalysisRun
from speech_sessions.pipeline import claims, progress

pytestmark = pytest.mark.django_db
State = AnalysisRun.State


@pytest.fixture
def run(alices_session) -> AnalysisRun:
    return alices_session.current_run


def change(run: AnalysisRun, **values) -> None:
    AnalysisRun.objects.filter(pk=run.pk).update(**values)


def ago(seconds: float):
    return timezone.now() - timedelta(seconds=seconds)


def test_run_is_claimed_by_one_worker_only(run):
    first = claims.claim(run.pk)
    assert first.worker
    assert first.lease_until > timezone.now()
    assert claims.claim(run.pk) is None


def test_run_that_is_finished_is_never_claimed_again(run):
    for state in (State.DONE, State.FAILED):
        change(run, state=state, lease_until=ago(100))
        assert claims.claim(run.pk) is None


def test_run_is_not_claimed_before_its_time(run):
    change(run, not_before=timezone.now() + timedelta(seconds=60))
    assert claims.claim(run.pk) is None


def test_run_of_a_lost_worker_goes_to_another_whose_predecessor_can_write_no_more(run):
    lost = claims.claim(run.pk)
    change(run, lease_until=ago(1))
    found = claims.claim(run.pk)
    assert found.attempt == 2
    with pytest.raises(claims.LeaseLost):
        progress.tell(lost, progress=99)
    with pytest.raises(claims.LeaseLost):
        claims.renew(lost)
    run.refresh_from_db()
    assert run.progress == 0
    assert run.worker == found.worker


def test_worker_of_a_run_that_was_given_up_can_write_no_more(alices_session, run):
    lost = claims.claim(run.pk)
    services.update_session(alices_session, {"kind": "interview"})
    with pytest.raises(claims.LeaseLost):
        progress.tell(lost, progress=99)


def test_worker_of_a_deleted_session_can_write_no_more(alices_session, run):
    lost = claims.claim(run.pk)
    services.delete_session(alices_session)
    with pytest.raises(claims.LeaseLost):
        progress.tell(lost, progress=99)


def test_run_that_loses_all_its_workers_fails_after_five(run):
    for _ in range(claims.MAX_ATTEMPTS):
        assert claims.claim(run.pk) is not None
        change(run, lease_until=ago(1))
    assert pipeline.run_next_stage(run.pk) is None
    run.refresh_from_db()
    assert (run.state, run.error) == (State.FAILED, "worker_lost")
    assert run.finished_at
    assert claims.claim(run.pk) is None


def test_abandoned_runs_are_those_nobody_was_told_of_or_works_on(run):
    def abandoned() -> bool:
        return run in pipeline.abandoned_runs()

    assert abandoned()
    pipeline.mark_sent(run)
    assert not abandoned()
    change(run, sent_at=ago(31))
    assert abandoned()
    change(run, not_before=timezone.now() + timedelta(seconds=5))
    assert not abandoned()
    change(run, state=State.RUNNING, lease_until=timezone.now() + timedelta(seconds=20))
    assert not abandoned()
    change(run, lease_until=ago(1))
    assert abandoned()
    for state in (State.DONE, State.FAILED):
        change(run, state=state)
        assert not abandoned()


def test_progress_is_told_once_a_second_at_most_and_never_falls(run):
    claimed = claims.claim(run.pk)
    report = progress.reporter(claimed)
    for second in range(3):
        for fraction in (0.9, 0.1, 0.2):
            report(fraction)
        run.refresh_from_db()
        assert run.seq == 1 + second
        assert run.progress == (progress.percent("decode", 0.9) if second else 0)
        time.sleep(1.02)


@pytest.mark.parametrize("stage", AnalysisRun.Stage)
def test_percentages_of_the_stages_follow_each_other(stage):
    assert progress.percent(stage, 0) <= progress.percent(stage, 0.5) <= progress.percent(stage, 1)
    stages = list(AnalysisRun.Stage)
    if stage != stages[-1]:
        following = stages[stages.index(stage) + 1]
        assert progress.percent(stage, 1) == progress.percent(following, 0)
    else:
        assert progress.percent(stage, 1) == 100


def test_every_error_of_the_engine_has_words_for_people():
    from analysis.errors import CODES

    own = {"recording_missing", "timed_out", "worker_lost", "superseded"}
    unknown = messages.failure("nobody knows")
    for code in {*CODES, *own}:
        assert messages.failure(code) != unknown
        assert "%(" not in messages.failure(code)
