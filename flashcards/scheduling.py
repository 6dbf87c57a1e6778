"""When a word is to be looked at again: FSRS by the package `fsrs`, over plain values.

Intervals are not spread at random ("fuzz"): the same reviews, in whatever order they arrive, lead
to the same schedule, and taking one back leads to exactly the one before.
"""

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from fsrs import Card, Rating, Scheduler, State

NEW, LEARNING, REVIEW, RELEARNING = STATES = ("new", "learning", "review", "relearning")
AGAIN, HARD, GOOD, EASY = RATINGS = (1, 2, 3, 4)
LEAST_RETENTION, USUAL_RETENTION, MOST_RETENTION = 0.7, 0.9, 0.97
# Days after which a word is remembered with 90 %: from here on it counts as mastered.
MASTERED_STABILITY = 21.0

_FSRS_STATES = {
    NEW: State.Learning,
    LEARNING: State.Learning,
    REVIEW: State.Review,
    RELEARNING: State.Relearning,
}
_OUR_STATES = {State.Learning: LEARNING, State.Review: REVIEW, State.Relearning: RELEARNING}


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is known of how well one word is remembered.

    `stability`: days until it is remembered with 90 %; `difficulty`: 1 to 10; both None until the
    first review. `step`: how far it is in the short steps of (re)learning. `lapses`: how often it
    was forgotten once it had been learned.
    """

    due_at: datetime
    state: str = NEW
    step: int | None = 0
    stability: float | None = None
    difficulty: float | None = None
    last_review_at: datetime | None = None
    reviews: int = 0
    lapses: int = 0

    def after(self, rating: int, at: datetime, retention: float) -> "Schedule":
        """The schedule after a review at `at`, rated 1 (again) to 4 (easy).

        `retention`: the share of words to be remembered when they come, 0.7 to 0.97. Raises
        ValueError for another rating.
        """
        at = at.astimezone(UTC)
        card = Card(
            card_id=0,
            state=_FSRS_STATES[self.state],
            step=self.step,
            stability=self.stability,
            difficulty=self.difficulty,
            due=self.due_at,
            last_review=self.last_review_at,
        )
        reviewed, _log = _scheduler(retention).review_card(card, Rating(rating), at)
        was_forgotten = self.state == REVIEW and rating == AGAIN
        return Schedule(
            due_at=reviewed.due,
            state=_OUR_STATES[reviewed.state],
            step=reviewed.step,
            stability=reviewed.stability,
            difficulty=reviewed.difficulty,
            last_review_at=at,
            reviews=self.reviews + 1,
            lapses=self.lapses + was_forgotten,
        )

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON can hold it without loss."""
        values = asdict(self)
        for name in ("due_at", "last_review_at"):
            values[name] = values[name].isoformat() if values[name] else None
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Schedule":
        """What `as_json` gave."""
        found = cls(**values)
        last = found.last_review_at
        return replace(
            found,
            due_at=datetime.fromisoformat(str(found.due_at)),
            last_review_at=datetime.fromisoformat(str(last)) if last else None,
        )


@cache
def _scheduler(retention: float) -> Scheduler:
    return Scheduler(desired_retention=retention, enable_fuzzing=False)
