"""People and their device tokens, for staff."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import BooleanField, Case, OuterRef, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import second_factor, services
from accounts.admin_reading import ReadWithItsPerson
from accounts.models import DeviceToken, SecurityEvent, User

# Who says these may do anything: superusers only.
RIGHTS = ("is_staff", "is_superuser", "groups", "user_permissions")


class NewUserForm(AdminUserCreationForm):
    """A new account, with a password or without (then they reset it by mail)."""

    class Meta:
        model = User
        fields = ("email", "name")


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
    """People: found by address or name, suspended by a tick, never read by their password.

    Who may change users may not make themselves or others staff, and may not touch staff: that is
    for superusers, or the right to change a user would be every right.
    """

    add_form = NewUserForm
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
    readonly_fields = ("date_joined", "last_login", "has_second_factor", "audit_log")
    actions: ClassVar[list[str]] = ["suspend", "restore", "remove_second_factor", "revoke_tokens"]
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
        (_("Dates"), {"fields": ("date_joined", "last_login", "audit_log")}),
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

    @admin.display(description=_("audit log"))
    def audit_log(self, user: User) -> SafeString:
        """Where what happened to the account can be read."""
        address = reverse("admin:accounts_securityevent_changelist")
        words = _("Open")
        return format_html('<a href="{}?user__id__exact={}">{}</a>', address, user.pk, words)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Only superusers say who is staff and what staff may."""
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else (*fields, *RIGHTS)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Staff and superusers are changed by superusers, and themselves on their own pages."""
        return super().has_change_permission(request, obj) and may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """The same for deleting."""
        return super().has_delete_permission(request, obj) and may_touch(request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Suspending by the tick ends everything signed in; another address is told to the old."""
        turned = change and "is_active" in form.changed_data
        wanted = obj.is_active
        if turned:
            obj.is_active = not wanted
        moved = change and "email" in form.changed_data
        wanted_email = obj.email
        if moved:
            obj.email = form.initial["email"]
        super().save_model(request, obj, form, change)
        if moved:
            services.set_address(obj, wanted_email, request.user)
        if turned:
            turn = services.restore if wanted else services.suspend
            turn(obj, request.user)

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 - Django's name
        form_url: str = "",
    ) -> HttpResponse:
        """A password that staff sets, or takes away, ends what the old one opened."""
        before = User.objects.filter(pk=id).values_list("password", flat=True).first()
        answer: HttpResponse = super().user_change_password(request, id, form_url)
        user = User.objects.filter(pk=id).first()
        if user is not None and user.password != before:
            services.password_was_set(user, request.user)
        return answer

    def touched(self, request: HttpRequest, queryset: QuerySet[User]) -> list[User]:
        """Those of `queryset` that this member of staff may change; says where some are not."""
        people = [user for user in queryset if may_touch(request, user)]
        if len(people) < len(queryset):
            self.message_user(request, _("Staff are changed by superusers."), messages.WARNING)
        return people

    @admin.action(description=_("Suspend"), permissions=["change"])
    def suspend(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Nothing signs in until they are restored; what is signed in ends."""
        for user in self.touched(request, queryset):
            if user.pk != request.user.pk and services.suspend(user, request.user):
                self.log_change(request, user, "Suspended.")

    @admin.action(description=_("Restore"), permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """They may sign in again."""
        for user in self.touched(request, queryset):
            if services.restore(user, request.user):
                self.log_change(request, user, "Restored.")

    @admin.action(description=_("Remove the second factor"), permissions=["change"])
    def remove_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For people who lost their phone and their backup codes; see docs/security.md."""
        people = self.touched(request, queryset)
        for user in people:
            services.reset_second_factor(user, request.user)
            self.log_change(request, user, "Removed the second factor.")
        self.message_user(
            request,
            ngettext(
                "The second factor of %(count)d person is removed.",
                "The second factors of %(count)d people are removed.",
                len(people),
            )
            % {"count": len(people)},
            messages.SUCCESS,
        )

    @admin.action(description=_("Sign out everywhere (browsers, tokens)"), permissions=["change"])
    def revoke_tokens(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """End every session, token and app of these people."""
        people = self.touched(request, queryset)
        for user in people:
            services.sign_out_by_staff(user, request.user)
            self.log_change(request, user, "Signed out everywhere.")
        self.message_user(
            request,
            ngettext(
                "%(count)d person is signed out everywhere.",
                "%(count)d people are signed out everywhere.",
                len(people),
            )
            % {"count": len(people)},
            messages.SUCCESS,
        )


def may_touch(request: HttpRequest, user: User | None) -> bool:
    """Whether this member of staff may change `user` as far as rank goes."""
    return user is None or request.user.is_superuser or not (user.is_staff or user.is_superuser)


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


@admin.register(SecurityEvent)
class SecurityEventAdmin(ReadWithItsPerson):
    """The audit log, to read: nobody writes or deletes in it."""

    list_display = ("at", "user", "kind", "address", "device", "actor")
    list_filter = ("kind", "at")
    list_select_related = ("user", "actor")
    list_per_page = 50
    search_fields = ("user__email",)
    date_hierarchy = "at"
    fields = ("user", "kind", "at", "address", "device", "detail", "actor", "mailed_at")
    readonly_fields = fields

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """The link of the user's page filters by user."""
        return lookup == "user__id__exact" or super().lookup_allowed(lookup, value, request)
