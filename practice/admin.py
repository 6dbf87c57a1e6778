"""The product's own sequences and questions, to edit and as tables; practice, to read."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin_reading import ReadWithItsPerson
from practice import content_tables, services
from practice.models import (
    LONGEST_SESSION,
    PracticePause,
    PracticeSession,
    PracticeStep,
    Question,
    Sequence,
    Step,
)
from speech_sessions.presentation.wording import clock

LARGEST_TABLE = 1024 * 1024


class TableForm(forms.Form):
    """A CSV file, or the text of one that was checked before."""

    file = forms.FileField(label=_("CSV file, in UTF-8"), required=False)
    text = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The table as `text`."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is None and not cleaned.get("text"):
            raise ValidationError(_("Choose a file first."), "required")
        if file is not None:
            if file.size > LARGEST_TABLE:
                raise ValidationError(_("A table may take one megabyte at most."), "too_large")
            try:
                cleaned["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                told = _("This is no CSV file in UTF-8. Save it as “CSV UTF-8” and try again.")
                raise ValidationError(told, "encoding") from error
        return cleaned


class ContentAdmin(admin.ModelAdmin):
    """Content that can be written out as a table, and read in again: checked first, then stored."""

    change_list_template = "admin/practice/content_change_list.html"
    table: content_tables.Table
    store: Callable[[list[Any]], None]  # what the table adds and changes

    def get_urls(self) -> list[Any]:
        """Also the table's pages."""
        name = self.opts.model_name
        view = self.admin_site.admin_view
        return [
            path("table/", view(self.table_view), name=f"practice_{name}_table"),
            path("import/", view(self.import_view), name=f"practice_{name}_import"),
            *super().get_urls(),
        ]

    def has_import_permission(self, request: HttpRequest) -> bool:
        """A table adds and changes."""
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The list, with the links to the table's pages."""
        more = {"may_import": self.has_import_permission(request)}
        return super().changelist_view(request, {**(extra_context or {}), **more})

    def table_view(self, request: HttpRequest) -> HttpResponse:
        """Everything as one CSV file; the mark at its start tells spreadsheets that it is UTF-8."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        text = "\ufeff" + content_tables.write(self.table)
        answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.opts.model_name}s.csv"'
        return answer

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Check a table and say what it would do; with `import`, do it, whole or not at all."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = TableForm(request.POST or None, request.FILES or None)
        plan = text = None
        if request.method == "POST" and form.is_valid():
            text = form.cleaned_data["text"]
            plan = content_tables.read(self.table, text)
            if "import" in request.POST and not plan.problems:
                self._import(request, plan)
                return redirect(reverse(f"admin:practice_{self.opts.model_name}_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": __("Import a table"),
            "table": self.table,
            "form": form,
            "plan": plan,
            "text": text,
            "new": content_tables.names_of(plan.new) if plan else [],
            "changed": content_tables.names_of(plan.changed) if plan else [],
        }
        status = 422 if plan and plan.problems else 200
        return render(request, "admin/practice/import.html", context, status=status)

    def _import(self, request: HttpRequest, plan: content_tables.Plan) -> None:
        self.store([*plan.new, *plan.changed])
        for flag, things in ((ADDITION, plan.new), (CHANGE, plan.changed)):
            stored = [thing[0] if isinstance(thing, tuple) else thing for thing in things]
            if stored:
                LogEntry.objects.log_actions(request.user.pk, stored, flag, "Imported.")
        count = len(plan.new) + len(plan.changed)
        told = ngettext("%(n)s row is imported.", "%(n)s rows are imported.", count)
        self.message_user(request, told % {"n": count}, messages.SUCCESS)


class _StepRows(forms.BaseInlineFormSet):
    """Steps are stored anew in the order of their numbers, so two may change places at once."""

    def clean(self) -> None:
        """At least one, a number once, and all together within the longest session."""
        super().clean()
        if any(self.errors):
            return
        steps = self.kept()
        numbers = [step["number"] for step in steps]
        if not steps:
            raise ValidationError(_("A sequence needs a step."), "required")
        if len(set(numbers)) < len(numbers):
            raise ValidationError(_("Each number may stand once."), "unique")
        if sum(step["seconds"] for step in steps) > LONGEST_SESSION:
            raise ValidationError(_("All steps together may take four hours at most."), "max")

    def kept(self) -> list[dict[str, Any]]:
        """What the filled-in rows say, by their numbers."""
        rows = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        return sorted(rows, key=lambda row: row["number"])

    def validate_unique(self) -> None:
        """Judged by `clean`: numbers are given anew."""


class _StepRow(forms.ModelForm):
    class Meta:
        model = Step
        fields = (
            "number",
            "title",
            "text",
            "seconds",
            "is_spoken",
            "words_per_minute",
            "reading",
            "breathing",
        )
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "text": forms.Textarea(attrs={"rows": 2, "cols": 40}),
            "reading": forms.Textarea(attrs={"rows": 2, "cols": 40}),
        }

    words_per_minute = forms.IntegerField(
        label=_("pace to hold (words a minute)"),
        required=False,
        min_value=services.SLOWEST,
        max_value=services.FASTEST,
    )

    def validate_unique(self) -> None:
        """Judged by the rows together."""

    def validate_constraints(self) -> None:
        """Judged by the rows together."""


class StepInline(admin.TabularInline):
    """The steps of a sequence, in order."""

    model = Step
    form = _StepRow
    formset = _StepRows
    extra = 1
    max_num = services.MOST_STEPS
    ordering = ("number",)


@admin.register(Sequence)
class SequenceAdmin(ContentAdmin):
    """The product's own sequences; those of people are theirs alone."""

    table = content_tables.SEQUENCES
    list_display = ("title", "kind", "level", "language", "steps_number", "length", "updated_at")
    list_filter = ("kind", "level", "language")
    search_fields = ("title", "name", "description", "steps__title", "steps__text")
    fields = ("name", "title", "kind", "level", "language", "description")
    inlines = (StepInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sequence]:
        """The product's own, with how long they take."""
        own = super().get_queryset(request).filter(owner=None)
        return own.annotate(steps_count=Count("steps"), seconds_sum=Sum("steps__seconds"))

    @admin.display(ordering="steps_count", description=_("steps"))
    def steps_number(self, sequence: Sequence) -> int:
        """How many."""
        return int(getattr(sequence, "steps_count", 0))

    @admin.display(ordering="seconds_sum", description=_("length"))
    def length(self, sequence: Sequence) -> str:
        """Of all steps."""
        return clock(getattr(sequence, "seconds_sum", 0) or 0)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """The service stores the steps, all anew."""
        formset.new_objects, formset.deleted_objects = [], []
        formset.changed_objects = [(step.instance, step.changed_data) for step in formset.forms]
        formset.changed_objects = [each for each in formset.changed_objects if each[1]]
        names = set(_StepRow.Meta.fields) - {"number"}
        steps = [{name: row[name] for name in names} for row in formset.kept()]
        sequence = form.instance
        services.save_sequence(
            sequence, title=sequence.title, description=sequence.description, steps=steps
        )

    def store(self, things: list[Any]) -> None:
        """Store sequences with their steps."""
        services.store_sequences(things)


class QuestionForm(forms.ModelForm):
    """A question, with what may be asked next a line each."""

    follow_ups = forms.CharField(
        label=_("follow-up questions"),
        help_text=_("One a line."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
    )

    class Meta:
        model = Question
        fields = content_tables.QUESTION_COLUMNS
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "text": forms.Textarea(attrs={"rows": 2, "cols": 80})
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["follow_ups"] = "\n".join(self.instance.follow_ups)

    def clean_follow_ups(self) -> list[str]:
        """The lines that say something."""
        lines = self.cleaned_data["follow_ups"].splitlines()
        return [line.strip() for line in lines if line.strip()]


@admin.register(Question)
class QuestionAdmin(ContentAdmin):
    """Questions: found by words, category, level, role and competence."""

    table = content_tables.QUESTIONS
    form = QuestionForm
    list_display = ("text", "category", "level", "role", "competence", "is_offered")
    list_filter = ("category", "level", "is_offered", "role", "competence")
    search_fields = ("text", "name", "role", "competence", "follow_ups")
    list_per_page = 50

    def store(self, things: list[Any]) -> None:
        """Store questions."""
        services.store_questions(things)


class _ToRead(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What happened is written down by what happens."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """It stays as it was."""
        return False


class StepsDoneInline(_ToRead):
    """How the steps went."""

    model = PracticeStep
    fields = ("number", "completed", "seconds")


class PausesInline(_ToRead):
    """The breaks."""

    model = PracticePause
    fields = ("started_at", "ended_at")


@admin.register(PracticeSession)
class PracticeSessionAdmin(ReadWithItsPerson):
    """What people practised, to read; whose notes staff open sees it in their audit log."""

    list_display = (
        "started_at",
        "user",
        "kind",
        "completion_status",
        "duration_seconds",
        "exceeds_clock",
    )
    list_filter = ("kind", "completion_status", "exceeds_clock")
    list_select_related = ("user",)
    list_per_page = 50
    search_fields = ("user__email",)
    date_hierarchy = "started_at"
    inlines = (StepsDoneInline, PausesInline)
    fields = (
        "user",
        "kind",
        "sequence",
        "question",
        "started_at",
        "completed_at",
        "completion_status",
        "duration_seconds",
        "elapsed_seconds",
        "exceeds_clock",
        "steps_completed",
        "time_zone",
        "local_date",
        "notes",
        "reflection",
    )

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        """The page shows somebody's notes: they are told who opened it."""
        session = self.get_object(request, object_id)
        if session is not None and self.has_view_permission(request, session):
            services.note_opened(session, request.user)
        return super().change_view(request, object_id, *args, **kwargs)
