"""The admin: one sign-in for the whole product, and a second factor."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from accounts import second_factor
from accounts.views.entrance import sign_out


class ProductAdminSite(AdminSite):
    """Django's admin site with the product's own ways in and out."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Active staff who have given the second factor they must have in this session."""
        if not super().has_permission(request):
            return False
        asked_already = getattr(request, "second_factor_is_satisfied", False)
        return asked_already or second_factor.is_satisfied(request.user)

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead a visitor to the sign-in page; somebody signed in who is not staff is refused."""
        wanted = request.GET.get("next") or reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect_to_login(wanted, reverse("accounts:login"))
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
        raise PermissionDenied

    def logout(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign out of the product."""
        return sign_out(request)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The product's page: changing the password there ends tokens too."""
        return redirect("accounts:password_change")
