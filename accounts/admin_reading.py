"""Pages of the admin that staff only read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadWithItsPerson(admin.ModelAdmin):
    """Rows that a person's doings wrote: they stay as they are, and go only with the person."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """What happened is written down by what happens."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """It stays as it was written."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only with the person: the page that deletes them asks here."""
        match = request.resolver_match
        with_person = match is not None and (match.url_name or "").startswith("accounts_user_")
        return with_person and super().has_delete_permission(request, obj)
