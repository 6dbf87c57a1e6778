"""People and their device tokens, for staff."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm
from django.db.models import BooleanField, Case, OuterRef, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import second_factor, services
from accounts.models import DeviceToken, User


class NewUserForm(AdminUserCreationForm):
    """A new account, with a password or without (then they reset it by mail)."""

    class Meta:
        model = User
        fields = ("email", "name")


class NewPasswordForm(AdminPasswordChangeForm):
    """A password that staff sets for somebody; it ends their sessions and tokens."""

    def save(self, commit: bool = True) -> User:
        """Set the password, or take it away: either way device tokens end with the old one."""
        user: User = super().save(commit)
        services.revoke_tokens(user)
        return user


class SecondFactorFilter(admin.SimpleListFilter):
    """Who has a second factor, and who has none."""

    title = _("second factor")
    parameter_name = "second_factor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """On or off."""
        return [("on", _("On")), ("off", _("Off"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        """People on the chosen side."""
        if self.value() not in {"on", "off"}:
            return queryset
        return queryset.filter(has_factor=self.value() == "on")


@admin.register(User)
class ProductUserAdmin(UserAdmin):
    """People: found by address or name, suspended by a tick, never read by their password."""

    add_form = NewUserForm
    change_password_form = NewPasswordForm
    list_display = (
        "email",
        "name",
        "role",
        "is_active",
        "is_staff",
        "has_second_factor",
        "date_joined",
        "last_login",
    )
    list_filter = ("is_active", "is_staff", "role", SecondFactorFilter, "must_use_second_factor")
    search_fields = ("email", "name")
    ordering = ("email",)
    date_hierarchy = "date_joined"
    list_per_page = 50
    readonly_fields = ("date_joined", "last_login", "has_second_factor")
    actions: ClassVar[list[str]] = ["remove_second_factor", "revoke_tokens"]
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (
            _("The person"),
            {"fields": ("name", "role", "native_language", "time_zone", "email_verified")},
        ),
        (_("Second factor"), {"fields": ("has_second_factor", "must_use_second_factor")}),
        (
            _("What they may do"),
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        (_("Dates"), {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """People, each with whether they have a second factor: one query for all."""
        condition = second_factor.has_factor_where(OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                has_factor=Case(
                    When(condition, then=Value(True)),
                    default=Value(False),
                    output_field=BooleanField(),
                )
            )
        )

    @admin.display(boolean=True, ordering="has_factor", description=_("second factor"))
    def has_second_factor(self, user: User) -> bool:
        """Whether a confirmed device belongs to them."""
        return getattr(user, "has_factor", False)

    @admin.action(description=_("Remove the second factor"), permissions=["change"])
    def remove_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For people who lost their phone and their backup codes; see docs/security.md."""
        for user in queryset:
            services.remove_second_factor(user)
            self.log_change(request, user, "Removed the second factor.")
        count = queryset.count()
        self.message_user(
            request,
            ngettext(
                "The second factor of %(count)d person is removed.",
                "The second factors of %(count)d people are removed.",
                count,
            )
            % {"count": count},
            messages.SUCCESS,
        )

    @admin.action(description=_("Sign out all devices (tokens)"), permissions=["change"])
    def revoke_tokens(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """End every device token of these people."""
        ended = 0
        for user in queryset:
            ended += services.revoke_tokens(user)
            self.log_change(request, user, "Ended all device tokens.")
        self.message_user(
            request,
            ngettext("%(count)d token has ended.", "%(count)d tokens have ended.", ended)
            % {"count": ended},
            messages.SUCCESS,
        )


@admin.register(DeviceToken)
class DeviceTokenAdmin(admin.ModelAdmin):
    """Tokens are made by their owners, shown once, and ended here."""

    list_display = (
        "device",
        "user",
        "created",
        "expiry",
        "last_used_at",
        "last_address",
        "second_factor",
    )
    list_filter = ("second_factor", "created", "expiry")
    search_fields = ("name", "user__email")
    list_select_related = ("user",)
    ordering = ("-created",)
    fields = (
        "user",
        "name",
        "created",
        "expiry",
        "last_used_at",
        "last_address",
        "second_factor",
    )
    readonly_fields = fields

    @admin.display(ordering="name", description=_("device"), empty_value=_("unnamed"))
    def device(self, token: DeviceToken) -> str | None:
        """What its owner calls it."""
        return token.name or None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody makes a token in somebody else's name."""
        return False
