from django.db import migrations, models

from speech_sessions import search_index


class Migration(migrations.Migration):
    dependencies = [
        ("speech_sessions", "0005_own_ranges_and_planned_analyses"),
    ]

    operations = [
        migrations.RunPython(search_index.remove, search_index.make),
        migrations.AddField(
            model_name="speechsession",
            name="script",
            field=models.TextField(blank=True, max_length=20000, verbose_name="text to read"),
        ),
        migrations.RunPython(search_index.make, search_index.remove),
    ]
