"""What makes the product an app that can be installed, and that opens without a connection."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

DIST = Path(settings.BASE_DIR) / "static" / "dist"
# The tokens `paper` and `voice` of the light theme (static/src/css/tokens.css), in sRGB.
PAPER, VOICE = "#fcfaf7", "#006d74"


@require_safe
@cache_control(max_age=3600, public=True)
def manifest(request: HttpRequest) -> JsonResponse:
    """How the installed app is called, looks and opens."""
    described = {
        "id": "/",
        "name": settings.APP_NAME,
        "short_name": settings.APP_NAME,
        "description": _("Record yourself speaking, read what was measured, and practise."),
        "start_url": reverse("today"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            _icon("icon-192.png", 192, "any"),
            _icon("icon-512.png", 512, "any"),
            _icon("icon-maskable-512.png", 512, "maskable"),
        ],
        "shortcuts": [
            {"name": _("Practise"), "url": reverse("practice:home")},
            {"name": _("Record"), "url": reverse("speech_sessions:create")},
        ],
    }
    return JsonResponse(described, content_type="application/manifest+json")


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, told which files to keep; it is another one as soon as any of them is.

    Raises Http404 while the pages' scripts are not built, or are being watched.
    """
    try:
        script = _script() if settings.DEBUG else _script_once()
    except FileNotFoundError as missing:
        raise Http404 from missing
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What works without a connection, and what waits."""
    return render(request, "pages/offline.html")


def _script() -> str:
    built = json.loads((DIST / "shell.json").read_text())
    page = get_template("pages/offline.html").render()
    version = hashlib.sha256((built["version"] + page).encode()).hexdigest()[:16]
    shell = {
        "version": version,
        "files": [_address(file) for file in built["files"]],
        "offline": reverse("offline"),
        "fixed": "Manifest" in settings.STORAGES["staticfiles"]["BACKEND"],
    }
    return f"self.shell = {json.dumps(shell)};\n{(DIST / 'sw.js').read_text()}"


_script_once = cache(_script)


def _address(file: str) -> str:
    # Scripts name the parts they share as the build did, not as the storage of static files does.
    shared = file.startswith("chunks/")
    return f"{settings.STATIC_URL}dist/{file}" if shared else static(f"dist/{file}")


def _icon(file: str, size: int, purpose: str) -> dict[str, Any]:
    address = static(f"dist/{file}")
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
