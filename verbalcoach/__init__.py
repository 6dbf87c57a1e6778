"""The project: settings, addresses, and the few pages that read more than one app."""

from verbalcoach.celery import app as celery_app

__all__ = ["celery_app"]
