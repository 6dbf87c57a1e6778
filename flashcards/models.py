"""Words somebody learns, how each review went, and how much one wants to do a day."""

import unicodedata
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from accounts.languages import LONGEST as LONGEST_LANGUAGE
from accounts.languages import name_of
from contract.models import Tombstone
from flashcards.scheduling import (
    AGAIN,
    EASY,
    GOOD,
    HARD,
    LEARNING,
    LEAST_RETENTION,
    MASTERED_STABILITY,
    MOST_RETENTION,
    NEW,
    RELEARNING,
    REVIEW,
    USUAL_RETENTION,
    Schedule,
)

LONGEST_WORD, LONGEST_MEANING, LONGEST_SENTENCE, LONGEST_SOURCE = 200, 1000, 2000, 200
LONGEST_REVIEW_ID = 64
MOST_A_DAY = 9999


def key_of(word: str) -> str:
    """What makes two spellings one word: case, width and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())[: LONGEST_WORD * 2]


def audio_name(card: "Card", file_name: str) -> str:
    """A name nobody can guess; what the learner called the file is not kept."""
    ending = file_name.rpartition(".")[2]
    return f"vocabulary/{card.user_id}/{get_random_string(32)}.{ending}"


class Card(models.Model):
    """One word or phrase, once a language and person, with its schedule."""

    class State(models.TextChoices):
        NEW = NEW, _("New")
        LEARNING = LEARNING, _("Being learned")
        REVIEW = REVIEW, _("Learned")
        RELEARNING = RELEARNING, _("Being learned again")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cards"
    )
    language = models.CharField(_("language"), max_length=LONGEST_LANGUAGE)
    language_code = models.CharField(max_length=LONGEST_LANGUAGE, editable=False)
    word = models.CharField(_("word or phrase"), max_length=LONGEST_WORD)
    word_key = models.CharField(max_length=LONGEST_WORD * 2, editable=False)
    meaning = models.TextField(_("meaning"), max_length=LONGEST_MEANING, blank=True, default="")
    sentence = models.TextField(_("sentence"), max_length=LONGEST_SENTENCE, blank=True, default="")
    source = models.CharField(
        _("where it was met"), max_length=LONGEST_SOURCE, blank=True, default=""
    )
    audio = models.FileField(_("recording"), upload_to=audio_name, blank=True, default="")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    step = models.PositiveSmallIntegerField(_("step"), null=True, blank=True, default=0)
    stability = models.FloatField(_("stability (days)"), null=True, blank=True)
    difficulty = models.FloatField(_("difficulty (1 to 10)"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    last_review_at = models.DateTimeField(_("last review"), null=True, blank=True)
    reviews = models.PositiveIntegerField(_("reviews"), default=0)
    lapses = models.PositiveIntegerField(_("times forgotten"), default=0)
    created_at = models.DateTimeField(_("added"), default=timezone.now)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "language_code", "word_key"), name="card_once_a_language"
            ),
        )
        indexes = (
            models.Index(fields=("user", "state", "due_at"), name="card_user_due"),
            models.Index(fields=("user", "-created_at", "-id"), name="card_user_created"),
            models.Index(fields=("user", "updated_at"), name="card_user_updated"),
        )

    def __str__(self) -> str:
        return self.word

    @property
    def language_name(self) -> str:
        """What to call the language on a page."""
        return name_of(self.language)

    @property
    def is_mastered(self) -> bool:
        """Whether it is remembered for three weeks or more."""
        return self.state == REVIEW and (self.stability or 0) >= MASTERED_STABILITY

    @property
    def schedule(self) -> Schedule:
        """How well it is remembered."""
        values: dict[str, Any] = {name: getattr(self, name) for name in Schedule.__slots__}
        return Schedule(**values)

    def take(self, schedule: Schedule) -> None:
        """Have the columns say what `schedule` says; not stored yet."""
        for name in Schedule.__slots__:
            setattr(self, name, getattr(schedule, name))


class Review(models.Model):
    """How one look at a word went. One that was taken back stays, so that it is not sent again."""

    class Rating(models.IntegerChoices):
        AGAIN = AGAIN, _("Again")
        HARD = HARD, _("Hard")
        GOOD = GOOD, _("Good")
        EASY = EASY, _("Easy")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="card_reviews"
    )
    card = models.ForeignKey(Card, on_delete=models.CASCADE, related_name="history")
    review_id = models.CharField(_("number of the client"), max_length=LONGEST_REVIEW_ID)
    rating = models.PositiveSmallIntegerField(_("rating"), choices=Rating)
    reviewed_at = models.DateTimeField(_("when"))
    retention = models.FloatField(_("desired retention"))
    was = models.CharField(_("state before"), max_length=10, choices=Card.State)
    before = models.JSONField(_("schedule before"))
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ("reviewed_at", "review_id")
        constraints = (
            models.UniqueConstraint(fields=("user", "review_id"), name="review_once_an_id"),
        )
        indexes = (
            models.Index(fields=("user", "reviewed_at"), name="review_user_when"),
            models.Index(fields=("card", "reviewed_at"), name="review_card_when"),
        )

    def __str__(self) -> str:
        return f"{self.card_id}: {self.rating}"


class VocabularySettings(models.Model):
    """How much somebody wants to do a day, and how surely remember."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="vocabulary_settings"
    )
    new_a_day = models.PositiveSmallIntegerField(
        _("new words a day"), default=20, validators=(MaxValueValidator(MOST_A_DAY),)
    )
    reviews_a_day = models.PositiveSmallIntegerField(
        _("reviews a day"), default=200, validators=(MaxValueValidator(MOST_A_DAY),)
    )
    desired_retention = models.FloatField(
        _("share to remember"),
        default=USUAL_RETENTION,
        validators=(MinValueValidator(LEAST_RETENTION), MaxValueValidator(MOST_RETENTION)),
    )
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("settings of vocabulary")
        verbose_name_plural = _("settings of vocabulary")

    def __str__(self) -> str:
        return str(self.user_id)


class DeletedCard(Tombstone):
    """What is left of a deleted word."""

    of = "card_id"

    card_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("deleted word")
        verbose_name_plural = _("deleted words")
        indexes = (models.Index(fields=("user", "deleted_at"), name="deleted_card_user"),)
