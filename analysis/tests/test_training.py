"""The weights of the filled-pause detector come from what is stored beside them."""

import json

import numpy as np
import pytest

from analysis.hesitations import WEIGHTS
from analysis.weights.discriminant import STATISTICS, Statistics, stored_statistics
from analysis.weights.judging import CANDIDATES, stored_candidates
from analysis.weights.train import HEARD_FEATURES, from_stored


def test_training_gives_the_committed_weights():
    committed = json.loads(WEIGHTS.read_text(encoding="utf-8"))["encoder"]
    trained = from_stored(committed["fillers"])
    for part in ("thresholds", "unseen", "name"):
        assert trained[part] == committed[part]
    for part in ("discriminant", "candidate"):
        for name, value in committed[part].items():
            if name in {"names", "squares"}:
                assert trained[part][name] == value
            else:
                # Linear algebra differs in the last digits between machines.
                assert trained[part][name] == pytest.approx(value, rel=1e-3, abs=1e-5)


def test_the_stored_candidates_are_written_as_they_are_read(tmp_path):
    stored = stored_candidates()
    stored.stored(tmp_path / "candidates.tsv")
    assert stored.names == HEARD_FEATURES
    assert (tmp_path / "candidates.tsv").read_bytes() == CANDIDATES.read_bytes()


def test_the_stored_statistics_are_written_as_they_are_read(tmp_path):
    stored_statistics().stored(tmp_path / "statistics.npz")
    assert (tmp_path / "statistics.npz").read_bytes() == STATISTICS.read_bytes()


def test_a_discriminant_tells_two_clouds_apart():
    random = np.random.default_rng(1)
    rows = random.normal(size=(2_000, 4)) * [1.0, 5.0, 1.0, 1.0]
    inside = np.array([1.0, 0.0, -1.0, 0.0])
    found = Statistics(inside, -inside, np.cov(rows.T) * 1.5).fit()
    right = (found.scores(rows + inside) > 0).mean() + (found.scores(rows - inside) < 0).mean()
    assert right / 2 > 0.9
