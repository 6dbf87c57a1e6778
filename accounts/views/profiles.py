"""The profile, its picture, and the languages that somebody learns."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DeleteView, UpdateView

from accounts.models import LearningProfile, User
from accounts.profile_forms import LearningProfileForm, PictureForm, ProfileForm
from accounts.services import pictures, profiles


@method_decorator(never_cache, name="dispatch")
class ProfileView(LoginRequiredMixin, UpdateView):
    """Name, picture, languages, time zone, mails; how this month went."""

    form_class = ProfileForm
    template_name = "accounts/profile.html"
    success_url = reverse_lazy("accounts:profile")

    def get_object(self, queryset: Any = None) -> User:
        """Oneself, freshly read: a refused change must not show in the head of the page."""
        return User.objects.get(pk=self.request.user.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The picture's form and the languages, beside the form of the profile."""
        return super().get_context_data(
            picture_form=PictureForm(),
            learning=LearningProfile.objects.filter(user=self.request.user),
            **kwargs,
        )

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        """Say that it is kept."""
        messages.success(self.request, _("Your profile is saved."))
        return super().form_valid(form)


@require_POST
@login_required
def picture(request: HttpRequest) -> HttpResponse:
    """Take a new picture in, or take the present one away (`remove`)."""
    user = cast("User", request.user)
    form = PictureForm(request.POST, request.FILES)
    if "remove" in request.POST:
        pictures.remove_picture(user)
        messages.success(request, _("Your picture is deleted."))
    elif not form.is_valid():
        messages.error(request, _("Choose a file first."))
    else:
        try:
            pictures.set_picture(user, form.cleaned_data["picture"])
        except pictures.PictureRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Your picture is saved."))
    return redirect("accounts:profile")


class LearningProfileMixin(LoginRequiredMixin):
    """A page about one of one's own learning profiles; another's is not there."""

    model = LearningProfile
    form_class = LearningProfileForm
    template_name = "accounts/learning_profile.html"
    success_url = reverse_lazy("accounts:profile")
    request: HttpRequest

    def get_queryset(self) -> QuerySet[LearningProfile]:
        """One's own."""
        return LearningProfile.objects.filter(user=self.request.user)


class LearningProfileFormMixin(LearningProfileMixin):
    """Keeps what the form says, through the service."""

    keep: Callable[[dict[str, Any]], None]

    def form_valid(self, form: LearningProfileForm) -> HttpResponse:
        """Back to the profile, or the form again where the language has one already."""
        try:
            self.keep(form.cleaned_data)
        except profiles.LanguageTaken as taken:
            form.add_error("target_language", str(taken))
            return self.form_invalid(form)  # type: ignore[attr-defined]
        messages.success(self.request, _("Saved."))
        return redirect("accounts:profile")


class AddLanguageView(LearningProfileFormMixin, CreateView):
    """A new language to learn."""

    def get_initial(self) -> dict[str, Any]:
        """From the native language that the profile names."""
        return {"native_language": cast("User", self.request.user).native_language}

    def keep(self, values: dict[str, Any]) -> None:
        """Add it."""
        profiles.add_learning_profile(cast("User", self.request.user), values)


class ChangeLanguageView(LearningProfileFormMixin, UpdateView):
    """Level, goals and minutes of a language."""

    def keep(self, values: dict[str, Any]) -> None:
        """Change it."""
        profiles.change_learning_profile(self.get_object(), values)


class DeleteLanguageView(LearningProfileMixin, DeleteView):
    """Asks before a learning profile is deleted."""

    form_class = Form
    template_name = "accounts/learning_profile_delete.html"

    def form_valid(self, form: Any) -> HttpResponse:
        """Delete it and say so."""
        profiles.delete_learning_profile(self.get_object())
        messages.success(self.request, _("Deleted. Your recordings are still there."))
        return redirect("accounts:profile")
