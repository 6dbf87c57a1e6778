"""The language of the pages, where somebody chose one."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin


class InterfaceLanguageMiddleware(MiddlewareMixin):
    """Speaks the language of the profile; LocaleMiddleware has asked the browser already."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate it for this request, if this installation speaks it."""
        chosen = request.user.interface_language if request.user.is_authenticated else ""
        if chosen and chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
            request.LANGUAGE_CODE = translation.get_language()
