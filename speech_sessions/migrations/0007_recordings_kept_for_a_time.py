from django.db import migrations, models

from speech_sessions import search_index


def date_recordings(apps, schema_editor):
    """Recordings that are there already count from when their session was made."""
    sessions = apps.get_model("speech_sessions", "SpeechSession").objects.exclude(audio_file="")
    sessions.update(audio_stored_at=models.F("created_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("speech_sessions", "0006_text_to_read"),
    ]

    operations = [
        migrations.RunPython(search_index.remove, search_index.make),
        migrations.AddField(
            model_name="speechsession",
            name="audio_stored_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="recording stored"
            ),
        ),
        migrations.AddField(
            model_name="speechsession",
            name="audio_deleted_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                null=True,
                verbose_name="recording deleted, as its owner chose",
            ),
        ),
        migrations.RunPython(search_index.make, search_index.remove),
        migrations.AddField(
            model_name="analysisrun",
            name="mail_due",
            field=models.BooleanField(default=False, verbose_name="mail waits to be sent"),
        ),
        migrations.AddIndex(
            model_name="analysisrun",
            index=models.Index(
                condition=models.Q(("mail_due", True)),
                fields=["finished_at"],
                name="run_mail_due",
            ),
        ),
        migrations.RunPython(date_recordings, migrations.RunPython.noop),
    ]
