"""Which question somebody is asked: drawn from the bank, as they wish it."""

from dataclasses import dataclass

from django.db.models import QuerySet

from practice.models import Kind, Question

# What each kind of practice draws from, where nobody wishes otherwise.
_CATEGORIES: dict[str, tuple[str, ...]] = {
    Kind.TABLE_TOPICS: (Question.Category.TABLE_TOPICS,),
    Kind.INTERVIEW: (Question.Category.INTERVIEW,),
    Kind.FILLER_FREE: (Question.Category.STORY, Question.Category.EXPLAIN),
    Kind.PACE_LADDER: (Question.Category.STORY,),
}
# Questions of these kinds may be of any other category but interviews.
_OPEN = (Kind.TABLE_TOPICS, Kind.FILLER_FREE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the next question should be about; what is empty does not matter.

    With `question` it is that one.
    """

    category: str = ""
    level: str = ""
    role: str = ""
    competence: str = ""
    question: Question | None = None


ANYTHING = Wish()


@dataclass(frozen=True, slots=True)
class Choices:
    """What a question can be chosen by: (value, name) of each, empty lists where it cannot."""

    categories: list[tuple[str, str]]
    levels: list[tuple[str, str]]
    roles: list[str]
    competences: list[str]


def offered() -> QuerySet[Question]:
    """Every question on offer."""
    return Question.objects.filter(is_offered=True)


def asks(kind: str) -> bool:
    """Whether practice of `kind` begins with a question."""
    return kind in _CATEGORIES


def draw(kind: str, wish: Wish = ANYTHING, count: int = 1) -> list[Question]:
    """Up to `count` different questions for practice of `kind`, drawn anew each time.

    Where none fits the wish there are none; a wish that the kind does not know is left aside.
    """
    if not asks(kind):
        return []
    first = [wish.question] if wish.question else []
    found = offered().filter(category__in=_CATEGORIES[kind])
    if kind in _OPEN and wish.category and wish.category != Question.Category.INTERVIEW:
        found = offered().filter(category=wish.category)
    if wish.level:
        found = found.filter(level=wish.level)
    if kind == Kind.INTERVIEW:
        for name in ("role", "competence"):
            if value := getattr(wish, name):
                found = found.filter(**{f"{name}__iexact": value})
    others = found.exclude(pk__in=[question.pk for question in first]).order_by("?")
    return [*first, *others[: count - len(first)]]


def choices(kind: str) -> Choices:
    """What questions of `kind` can be chosen by. Two queries at most."""
    levels = list(Question._meta.get_field("level").choices or ())  # noqa: SLF001 - documented
    if kind == Kind.INTERVIEW:
        bank = offered().filter(category=Question.Category.INTERVIEW).order_by()
        return Choices(
            categories=[],
            levels=levels,
            roles=sorted(set(bank.exclude(role="").values_list("role", flat=True))),
            competences=sorted(
                set(bank.exclude(competence="").values_list("competence", flat=True))
            ),
        )
    if kind in _OPEN:
        open_to_all = [
            (value, str(name))
            for value, name in Question.Category.choices
            if value != Question.Category.INTERVIEW
        ]
        return Choices(open_to_all, levels, [], [])
    return Choices([], [], [], [])
