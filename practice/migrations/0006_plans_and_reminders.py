import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import practice.models.plans


class Migration(migrations.Migration):

    dependencies = [
        ('practice', '0005_kinds_of_practice'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PracticePlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekly_minutes', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(10080)], verbose_name='minutes a week')),
                ('week_begins', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Monday'), (6, 'Saturday'), (7, 'Sunday')], null=True, verbose_name='weeks begin on')),
                ('calendar_key', models.CharField(default=practice.models.plans.new_calendar_key, max_length=43, unique=True, verbose_name='key of the calendar')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='practice_plan', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'practice plan',
                'verbose_name_plural': 'practice plans',
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.TimeField(verbose_name='time')),
                ('weekdays', models.CharField(max_length=7, validators=[django.core.validators.RegexValidator('\\A1?2?3?4?5?6?7?\\Z')], verbose_name='weekdays')),
                ('by_mail', models.BooleanField(default=True, verbose_name='by e-mail')),
                ('time_zone', models.CharField(blank=True, max_length=64, verbose_name='time zone')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='due')),
                ('last_date', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='updated')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='practice_reminders', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'practice reminder',
                'verbose_name_plural': 'practice reminders',
                'ordering': ('at', 'id'),
                'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='practice_reminder_due')],
            },
        ),
    ]
