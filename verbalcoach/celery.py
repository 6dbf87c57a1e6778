"""The Celery application: workers and beat start here."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "verbalcoach.settings")

app = Celery("verbalcoach")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
