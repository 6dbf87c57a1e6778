"""Sessions and their analysis runs, for staff."""

import json
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin import ProductUserAdmin
from accounts.models import User
from speech_sessions import selectors, services
from speech_sessions.models import AnalysisRun, SpeechSession


class RunInline(admin.TabularInline):
    """The runs of a session, to read."""

    model = AnalysisRun
    fields = ("created_at", "state", "stage", "progress", "attempt", "error", "error_detail")
    readonly_fields = fields
    extra = 0
    can_delete = False
    ordering = ("-id",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Runs are asked for by the action."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[AnalysisRun]:
        """Without the waveforms."""
        return super().get_queryset(request).defer("recording", "measured")


@admin.register(SpeechSession)
class SpeechSessionAdmin(admin.ModelAdmin):
    """Sessions: found by person, words and state; the report to read; analysed again on wish."""

    list_display = (
        "__str__",
        "user",
        "date",
        "status",
        "kind",
        "language",
        "duration",
        "filler_count",
        "analysis",
    )
    list_filter = ("status", "kind", "language", "current_run__state", "current_run__error")
    list_select_related = ("user", "current_run")
    list_per_page = 50
    search_fields = ("title", "user__email")
    search_help_text = _("Words of title, transcript or tags, or a part of an e-mail address")
    date_hierarchy = "date"
    ordering = ("-date", "-id")
    actions: ClassVar[list[str]] = ["analyse_again"]
    inlines = (RunInline,)
    fieldsets = (
        (None, {"fields": ("user", "title", "date", "kind", "language", "tags", "status")}),
        (_("Recording"), {"fields": ("audio_name", "audio_type", "audio_file_name")}),
        (
            _("Analysis"),
            {
                "fields": (
                    "analysis",
                    "duration",
                    "filler_count",
                    "pacing_analysis",
                    "transcription",
                    "confidence_score",
                    "hand_set",
                )
            },
        ),
        (_("Report"), {"fields": ("report_as_json",), "classes": ("collapse",)}),
    )
    readonly_fields = (
        "user",
        "audio_name",
        "audio_type",
        "audio_file_name",
        "analysis",
        "hand_set",
        "report_as_json",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[SpeechSession]:
        """Without whole reports and waveforms."""
        sessions = super().get_queryset(request)
        return sessions.defer("current_run__recording", "current_run__measured", "outline")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[SpeechSession], search_term: str
    ) -> tuple[QuerySet[SpeechSession], bool]:
        """By the text search that people have, or by whose sessions they are."""
        if not search_term.strip():
            return queryset, False
        by_person = queryset.filter(user__email__icontains=search_term.strip())
        return selectors.search(queryset, search_term) | by_person, False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Sessions come from their owners."""
        return False

    @admin.display(description=_("analysis"))
    def analysis(self, session: SpeechSession) -> str:
        """State, stage and progress of the newest run."""
        run = session.current_run
        if run is None:
            return "–"
        if run.state == AnalysisRun.State.RUNNING:
            return f"{run.get_stage_display()}, {run.progress} %"
        return f"{run.get_state_display()} {run.error}".strip()

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        """The page shows what was said: its owner is told who opened it."""
        session = self.get_object(request, object_id)
        if session is not None and self.has_view_permission(request, session):
            services.note_opened(session, request.user)
        return super().change_view(request, object_id, *args, **kwargs)

    @admin.display(description=_("file"))
    def audio_file_name(self, session: SpeechSession) -> SafeString | str:
        """The recording, for who may see sessions; its owner is told who opened it."""
        if not session.audio_file:
            return "–"
        address = reverse("speech-session-audio", args=(session.pk,))
        words = _("Open the recording (its owner sees that you did)")
        return format_html('<a href="{}?user={}">{}</a>', address, session.user_id, words)

    @admin.display(description=_("report"))
    def report_as_json(self, session: SpeechSession) -> SafeString | str:
        """The newest report, indented."""
        document = selectors.report_document(session)
        if document is None:
            return "–"
        return format_html("<pre>{}</pre>", json.dumps(document, indent=2, ensure_ascii=False))

    @admin.action(description=_("Analyse again"), permissions=["change"])
    def analyse_again(self, request: HttpRequest, sessions: QuerySet[SpeechSession]) -> None:
        """Queue a new run of each; those that cannot be analysed now are named."""
        queued = 0
        for session in sessions:
            try:
                services.request_analysis(session)
                queued += 1
            except (services.AlreadyRunning, services.NothingToAnalyse) as refusal:
                self.message_user(request, f"{session}: {refusal}", messages.WARNING)
        if queued:
            told = ngettext("%(n)s session queued.", "%(n)s sessions queued.", queued)
            self.message_user(request, told % {"n": queued}, messages.SUCCESS)

    def save_model(
        self, request: HttpRequest, obj: SpeechSession, form: ModelForm, change: bool
    ) -> None:
        """Change what was changed, as the owner's own page does."""
        stored = SpeechSession.objects.get(pk=obj.pk)
        changes = {name: form.cleaned_data[name] for name in form.changed_data}
        services.update_session(stored, changes)

    def delete_model(self, request: HttpRequest, obj: SpeechSession) -> None:
        """With the recording."""
        services.delete_session(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[SpeechSession]) -> None:
        """With the recordings."""
        services.delete_sessions(queryset)


@admin.register(AnalysisRun)
class AnalysisRunAdmin(admin.ModelAdmin):
    """Runs, to see what is queued, what failed and why."""

    list_display = ("session", "state", "stage", "progress", "attempt", "error", "created_at")
    list_filter = ("state", "stage", "error")
    list_select_related = ("session",)
    date_hierarchy = "created_at"
    search_fields = ("session__user__email", "worker", "error_detail")
    fields = (
        "session",
        "state",
        "stage",
        "progress",
        "attempt",
        "worker",
        "lease_until",
        "not_before",
        "sent_at",
        "error",
        "error_detail",
        "created_at",
        "started_at",
        "finished_at",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[AnalysisRun]:
        """Without waveforms and texts."""
        runs = super().get_queryset(request)
        return runs.defer("recording", "measured", "session__transcription", "session__outline")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Runs are asked for on the session's page."""
        return False


admin.site.unregister(User)


@admin.register(User)
class UserWithRecordingsAdmin(ProductUserAdmin):
    """People, and what they use."""

    readonly_fields = (*ProductUserAdmin.readonly_fields, "usage")
    fieldsets = (*ProductUserAdmin.fieldsets, (_("Usage"), {"fields": ("usage",)}))

    @admin.display(description=_("sessions, minutes, storage"))
    def usage(self, user: User) -> str:
        """How many sessions, how long they last, and what the recordings take on disk."""
        use = selectors.usage_of(user)
        return _("%(sessions)d sessions, %(minutes)d minutes, %(size)s") % {
            "sessions": use.sessions,
            "minutes": round(use.seconds / 60),
            "size": filesizeformat(use.bytes),
        }
