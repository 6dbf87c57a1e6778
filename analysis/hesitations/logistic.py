"""Logistic regression with weights from a file, and how it is fitted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """Log-odds as a weighted sum of standardised features, with their squares where asked."""

    names: tuple[str, ...]
    mean: Floats
    scale: Floats
    weights: Floats
    bias: float
    squares: bool

    def log_odds(self, rows: Floats) -> Floats:
        """Of rows (n, features): n values; above 0 is rather yes than no."""
        return np.asarray(self._expanded(rows) @ self.weights + self.bias)

    def _expanded(self, rows: Floats) -> Floats:
        return _expanded(rows, self.mean, self.scale, squares=self.squares)

    def to_json(self) -> dict[str, Any]:
        """Plain lists; numbers to six digits."""
        return {
            "names": list(self.names),
            "mean": _rounded(self.mean),
            "scale": _rounded(self.scale),
            "weights": _rounded(self.weights),
            "bias": round(self.bias, 6),
            "squares": self.squares,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The model that `to_json` wrote."""
        return cls(
            names=tuple(data["names"]),
            mean=np.asarray(data["mean"]),
            scale=np.asarray(data["scale"]),
            weights=np.asarray(data["weights"]),
            bias=data["bias"],
            squares=data["squares"],
        )


def fit(
    names: Sequence[str],
    rows: Floats,
    labels: NDArray[np.bool_],
    *,
    ridge: float,
    squares: bool = False,
    weights: Floats | None = None,
) -> Logistic:
    """Iteratively reweighted least squares with a ridge penalty on all weights but the bias.

    `weights`: how much each row counts. Deterministic; twenty steps are far more than it needs.
    """
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    inputs = _expanded(rows, mean, scale, squares=squares)
    inputs = np.hstack([inputs, np.ones((len(inputs), 1))])
    counts = np.ones(len(inputs)) if weights is None else weights
    penalty = np.diag([*[ridge] * (inputs.shape[1] - 1), 1e-6])
    solution = np.zeros(inputs.shape[1])
    for _ in range(20):
        chance = 1 / (1 + np.exp(-np.clip(inputs @ solution, -30, 30)))
        slope = inputs.T @ (counts * (labels - chance)) - penalty @ solution
        curve = (inputs * (counts * np.maximum(chance * (1 - chance), 1e-6))[:, None]).T @ inputs
        solution = solution + np.linalg.solve(curve + penalty, slope)
    return Logistic(tuple(names), mean, scale, solution[:-1], float(solution[-1]), squares)


def _expanded(rows: Floats, mean: Floats, scale: Floats, *, squares: bool) -> Floats:
    standard = np.clip((rows - mean) / scale, -5, 5)
    return np.hstack([standard, standard**2]) if squares else standard


def _rounded(values: Floats) -> list[float]:
    return [float(f"{value:.6g}") for value in values]
