"""A recording, the runs that analyse it, and the reports they end in."""

import json
import secrets
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contract.models import Tombstone

# Characters of a text to read aloud: half an hour of it.
LONGEST_SCRIPT = 20_000


def recording_path(session: "SpeechSession", file_name: str) -> str:
    """Where a recording is kept: a random name tells nothing and cannot be guessed."""
    extension = PurePath(file_name).suffix.lower()[:10]
    return f"{timezone.now():speech_sessions/%Y/%m/%d}/{secrets.token_urlsafe(24)}{extension}"


class ReadableJSONEncoder(json.JSONEncoder):
    """Keeps letters as they are: the text search of SQLite reads the stored JSON."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})


class SpeechSession(models.Model):
    """One time somebody spoke: what they recorded or wrote down, and its summary numbers.

    The analysed fields (`duration`, `filler_count`, `pacing_analysis`, `transcription`,
    `confidence_score`) show the newest report's values, except those named in `hand_set`: a value
    set by hand wins, and the machine's stays in the report.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("Pending")
        ANALYZED = "analyzed", _("Analysed")
        ARCHIVED = "archived", _("Archived")

    class Kind(models.TextChoices):
        TALK = "talk", _("Talk")
        INTERVIEW = "interview", _("Interview")
        CONVERSATION = "conversation", _("Conversation")
        READ_ALOUD = "read_aloud", _("Read-aloud")
        PRACTICE = "practice", _("Practice")
        OTHER = "other", _("Other")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="speech_sessions",
        verbose_name=_("user"),
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    date = models.DateTimeField(_("date"), default=timezone.now)
    duration = models.PositiveIntegerField(_("duration (s)"), default=0)
    filler_count = models.PositiveIntegerField(_("fillers"), default=0)
    pacing_analysis = models.TextField(_("pacing"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.TALK)
    language = models.CharField(_("language"), max_length=35, default="en")
    tags = models.JSONField(_("tags"), default=list, blank=True, encoder=ReadableJSONEncoder)
    audio_file = models.FileField(_("recording"), upload_to=recording_path, blank=True)
    audio_name = models.CharField(_("name of the file"), max_length=255, blank=True)
    audio_type = models.CharField(_("type of the file"), max_length=100, blank=True)
    audio_stored_at = models.DateTimeField(
        _("recording stored"), null=True, blank=True, editable=False
    )
    audio_deleted_at = models.DateTimeField(
        _("recording deleted, as its owner chose"), null=True, blank=True, editable=False
    )
    transcription = models.TextField(_("transcript"), blank=True)
    confidence_score = models.FloatField(
        _("confidence"),
        null=True,
        blank=True,
        validators=(MinValueValidator(0), MaxValueValidator(1)),
    )
    script = models.TextField(_("text to read"), blank=True, max_length=LONGEST_SCRIPT)
    hand_set = models.JSONField(_("fields set by hand"), default=list, blank=True, editable=False)
    outline = models.JSONField(_("small waveform"), default=list, blank=True, editable=False)
    current_run = models.ForeignKey(
        "AnalysisRun",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("newest analysis"),
    )
    report = models.ForeignKey(
        "SpeechReport",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("newest report"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("speech session")
        verbose_name_plural = _("speech sessions")
        ordering = ("-date", "-id")
        indexes = (
            models.Index(fields=("user", "-date", "-id"), name="session_user_date"),
            models.Index(fields=("user", "status", "-date"), name="session_user_status"),
            models.Index(fields=("user", "updated_at"), name="session_user_updated"),
            # Covers the totals above a list.
            models.Index(fields=("user", "status", "duration"), name="session_user_totals"),
        )

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.date:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """The page of this session."""
        return reverse("speech_sessions:detail", args=(self.pk,))


class DeletedSession(Tombstone):
    """What is left of a deleted session."""

    of = "session_id"

    session_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("deleted session")
        verbose_name_plural = _("deleted sessions")
        indexes = (models.Index(fields=("user", "deleted_at"), name="deleted_session_user"),)


class AnalysisRun(models.Model):
    """One analysis of a session, from queued to done or failed.

    A worker owns the run while `lease_until` lies ahead; work is claimed, renewed and given back by
    conditional updates on `state`, `lease_until` and `worker`. `attempt` counts the claims since
    something was last achieved. `sent_at` is when a worker was last told. `seq` rises with every
    event, from one run of a session to the next. `mail_due` stands while its owner is to be told of
    its end by mail. `recording` holds what the decoding found (see
    `pipeline.stages.decode`), `measured` the report until its feedback is chosen.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    class Stage(models.TextChoices):
        DECODE = "decode", _("Reading the recording")
        TRANSCRIBE = "transcribe", _("Writing down what was said")
        MEASURE = "measure", _("Measuring")
        FEEDBACK = "feedback", _("Choosing what to practise")

    UNFINISHED = (State.QUEUED, State.RUNNING)

    session = models.ForeignKey(SpeechSession, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.QUEUED)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.DECODE)
    progress = models.PositiveSmallIntegerField(_("progress (%)"), default=0)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    worker = models.CharField(_("worker"), max_length=64, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent to a worker"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=40, blank=True)
    error_detail = models.TextField(_("error in detail"), blank=True)
    recording = models.JSONField(_("facts of the recording"), default=dict, blank=True)
    measured = models.JSONField(_("report without its feedback"), null=True, blank=True)
    seq = models.PositiveIntegerField(_("number of the newest event"), default=1)
    mail_due = models.BooleanField(_("mail waits to be sent"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("analysis run")
        verbose_name_plural = _("analysis runs")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("state", "lease_until"), name="run_state_lease"),
            models.Index(
                fields=("finished_at",), condition=models.Q(mail_due=True), name="run_mail_due"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("session",),
                condition=models.Q(state__in=("queued", "running")),
                name="one_run_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.session_id}: {self.state} {self.stage} {self.progress} %"


class TranscribedBlock(models.Model):
    """What was said in one block of a run's recording; times count from the file's start.

    `sound` is its pitch and loudness, null in blocks older than these. `seconds` is how long
    hearing it took.
    """

    run = models.ForeignKey(AnalysisRun, on_delete=models.CASCADE, related_name="blocks")
    number = models.PositiveIntegerField()
    start = models.FloatField()
    end = models.FloatField()
    seconds = models.FloatField(default=0)
    transcript = models.JSONField()
    sound = models.JSONField(null=True)

    class Meta:
        verbose_name = _("transcribed block")
        verbose_name_plural = _("transcribed blocks")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("run", "number"), name="one_block_once_a_run"),
        )

    def __str__(self) -> str:
        return f"{self.run_id}: {self.number}"


class SpeechReport(models.Model):
    """What a finished run found: columns for what is charted, the whole report as JSON.

    `version` names the form of the report and of its formulas; numbers of different versions are
    not compared. `confidence` is the mean confidence of the recognised words.
    """

    session = models.ForeignKey(SpeechSession, on_delete=models.CASCADE, related_name="reports")
    run = models.OneToOneField(AnalysisRun, on_delete=models.CASCADE, related_name="report")
    version = models.CharField(_("version"), max_length=20)
    duration = models.FloatField(_("duration (s)"))
    words = models.PositiveIntegerField(_("words"))
    filler_count = models.PositiveIntegerField(_("fillers"))
    fillers_per_minute = models.FloatField(_("fillers a minute"), null=True)
    filled_pauses_per_minute = models.FloatField(_("filled pauses a minute"), null=True)
    lexical_fillers_per_minute = models.FloatField(_("lexical fillers a minute"), null=True)
    speech_rate = models.FloatField(_("speech rate (words a minute)"), null=True)
    articulation_rate = models.FloatField(_("articulation rate (syllables a second)"), null=True)
    local_pace = models.FloatField(_("median pace of ten seconds (words a minute)"), null=True)
    pace_variability = models.FloatField(_("pace variability"), null=True)
    pauses_per_minute = models.FloatField(_("pauses a minute"), null=True)
    mean_pause = models.FloatField(_("mean pause (s)"), null=True)
    long_pauses = models.PositiveIntegerField(_("pauses over a second"), null=True)
    mid_clause_share = models.FloatField(_("pauses inside clauses (share)"), null=True)
    pause_share = models.FloatField(_("silence (share of the talk)"), null=True)
    phonation_ratio = models.FloatField(_("phonation ratio"), null=True)
    mean_length_of_run = models.FloatField(_("mean length of run (syllables)"), null=True)
    pitch_variation = models.FloatField(_("pitch variation (semitones)"), null=True)
    trailing_off = models.FloatField(_("sentences that trail off (share)"), null=True)
    repetitions_per_100_words = models.FloatField(_("repetitions per 100 words"), null=True)
    confidence = models.FloatField(_("confidence"), null=True)
    pacing = models.TextField(_("pacing"))
    transcript = models.TextField(_("transcript"))
    document = models.JSONField(_("report"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.session_id}: {self.version}"


class OwnBand(models.Model):
    """The range that somebody set for a measure, used instead of the usual one.

    `kind` is empty where it holds for every kind of speech; one for the kind at hand wins. The ends
    are in the measure's own unit (shares from 0 to 1); one that is null is open.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_bands"
    )
    measure = models.CharField(_("measure"), max_length=40)
    kind = models.CharField(
        _("kind"), max_length=12, choices=SpeechSession.Kind, blank=True, default=""
    )
    low = models.FloatField(_("from"), null=True, blank=True)
    high = models.FloatField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("own range")
        verbose_name_plural = _("own ranges")
        ordering = ("measure", "kind")
        constraints = (
            models.UniqueConstraint(fields=("user", "measure", "kind"), name="one_own_band"),
        )

    def __str__(self) -> str:
        return f"{self.measure} {self.kind}: {self.low} to {self.high}"


class PlannedAnalysis(models.Model):
    """A session that is to be measured again by newer formulas, once nobody waits for a worker."""

    session = models.OneToOneField(
        SpeechSession, on_delete=models.CASCADE, related_name="planned_analysis"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("planned analysis")
        verbose_name_plural = _("planned analyses")
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.session_id)
