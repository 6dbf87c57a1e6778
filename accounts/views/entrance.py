"""The way in and out: sign in, sign up, sign out."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.views import RedirectURLMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from accounts import services, social
from accounts.confirmation import remember
from accounts.forms import SignInForm, SignUpForm, waiting
from accounts.models import User
from accounts.views.answers import refuse_for_now

AUTHENTICATION_BACKEND = "accounts.backends.PersonBackend"


class NextPageMixin(RedirectURLMixin):
    """Goes on to `next` where that is an address of this site, else to the page of today."""

    request: HttpRequest

    def get_default_redirect_url(self) -> str:
        """Where to go without a `next`."""
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """`next`, empty where it is not safe to go there."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "next": self.get_redirect_url()}


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class EntranceView(NextPageMixin, FormView):
    """A form that ends signed in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Who is signed in already has nothing to do here."""
        if request.user.is_authenticated:
            return HttpResponseRedirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the other sites that one may come in by."""
        return {**super().get_context_data(**kwargs), "sites": social.sites()}

    def enter(self, user: User) -> HttpResponse:
        """Sign `user` in and go on; the middleware asks for a second factor where one is due."""
        login(self.request, user, AUTHENTICATION_BACKEND)
        remember(self.request)
        return HttpResponseRedirect(self.get_success_url())


class SignInView(EntranceView):
    """An address and a password."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form counts attempts by where they come from."""
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form: SignInForm) -> HttpResponse:
        """Address and password belong together."""
        assert form.user is not None
        return self.enter(form.user)

    def form_invalid(self, form: SignInForm) -> HttpResponse:
        """Say what is wrong, with 429 where it was tried too often."""
        return refuse_for_now(super().form_invalid(form), form.wait_seconds)


class SignUpView(EntranceView):
    """An address, a password and, if they like, a name."""

    form_class = SignUpForm
    template_name = "accounts/sign_up.html"

    def form_valid(self, form: SignUpForm) -> HttpResponse:
        """Make the account and go straight in."""
        wait_seconds = services.may_register(self.request)
        if wait_seconds:
            form.add_error(None, waiting(wait_seconds))
            return refuse_for_now(self.form_invalid(form), wait_seconds)
        user = form.save(self.request)
        return self.enter(user) if user else self.form_invalid(form)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)
