"""People in the admin: deleting one erases everything of theirs, in every app."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import User
from speech_sessions.admin import UserWithRecordingsAdmin
from verbalcoach import erasure

admin.site.unregister(User)


@admin.register(User)
class WholePersonAdmin(UserWithRecordingsAdmin):
    """The same page; what it deletes is gone as after an erasure, without days of grace."""

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Erase one."""
        erasure.erase(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Erase those that were chosen."""
        for user in queryset:
            erasure.erase(user)
