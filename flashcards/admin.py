"""Words and reviews, to read."""

from django.contrib import admin

from accounts.admin_reading import ReadWithItsPerson
from flashcards.models import Card, Review, VocabularySettings


@admin.register(Card)
class CardAdmin(ReadWithItsPerson):
    """One person's word; the columns of the schedule are those of FSRS."""

    list_display = ("word", "language_code", "user", "state", "due_at", "reviews", "lapses")
    list_filter = ("state", "language_code")
    search_fields = ("word", "user__email")
    list_select_related = ("user",)
    raw_id_fields = ("user",)
    date_hierarchy = "created_at"


@admin.register(Review)
class ReviewAdmin(ReadWithItsPerson):
    """How one look at a word went."""

    list_display = ("card", "user", "rating", "was", "reviewed_at", "undone_at")
    list_filter = ("rating", "was")
    search_fields = ("card__word", "user__email")
    list_select_related = ("user", "card")
    raw_id_fields = ("user", "card")


@admin.register(VocabularySettings)
class VocabularySettingsAdmin(ReadWithItsPerson):
    """How much somebody wants to do a day."""

    list_display = ("user", "new_a_day", "reviews_a_day", "desired_retention")
    search_fields = ("user__email",)
    list_select_related = ("user",)
    raw_id_fields = ("user",)
