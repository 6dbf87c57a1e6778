"""The full-text index: see speech_sessions/search_index.py."""

from django.db import migrations

from speech_sessions import search_index


class Migration(migrations.Migration):
    dependencies = [("speech_sessions", "0001_sessions_runs_and_reports")]

    operations = [migrations.RunPython(search_index.make, search_index.remove)]
