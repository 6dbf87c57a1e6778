"""The whole product as one ASGI application: static files, bounded bodies, pages, WebSockets."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verbalcoach.settings")
django.setup(set_prefix=False)

from channels.routing import (  # noqa: E402 - the apps must be ready first
    ProtocolTypeRouter,
    URLRouter,
)
from django.conf import settings  # noqa: E402
from django.core.asgi import get_asgi_application  # noqa: E402
from servestatic import ServeStaticASGI  # noqa: E402

from accounts.websockets import TicketOrCookie  # noqa: E402
from contract.body_limit import BodyLimit  # noqa: E402
from verbalcoach.routing import urlpatterns  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": ServeStaticASGI(
            BodyLimit(get_asgi_application()),
            root=settings.STATIC_ROOT,
            prefix=settings.STATIC_URL,
            autorefresh=settings.DEBUG,
            max_age=0 if settings.DEBUG else 60,
        ),
        "websocket": TicketOrCookie(URLRouter(urlpatterns)),
    }
)
