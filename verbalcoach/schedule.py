"""What beat sends, and every how many seconds."""

from verbalcoach import environment as env

# How often work is looked for that nobody does: told in vain, or left by a lost worker.
_RESUME = float(env.integer("RESUME_SECONDS", 15))

BEAT_SCHEDULE = {
    "resume-analyses": {
        "task": "speech_sessions.tasks.resume_analyses",
        "schedule": _RESUME,
    },
    "due-mails": {"task": "accounts.tasks.send_due_mails", "schedule": 30.0},
    "forget-old-rows": {"task": "accounts.tasks.forget_old_rows", "schedule": 60.0 * 60},
    "recordings": {"task": "speech_sessions.tasks.tend_recordings", "schedule": 60.0},
    "conversations": {"task": "conversations.tasks.resume_feedback", "schedule": 30.0},
    "turns": {"task": "conversations.tasks.resume_turns", "schedule": min(10.0, _RESUME)},
    "pronunciation": {"task": "pronunciation.tasks.resume_attempts", "schedule": 30.0},
    "recordings-of-sentences": {
        "task": "pronunciation.tasks.tend_recordings",
        "schedule": 5 * 60.0,
    },
    "talks-reviewed": {"task": "conversations.tasks.resume_reviews", "schedule": 15.0},
    "sound-of-talks": {"task": "conversations.tasks.tend_sound", "schedule": 5 * 60.0},
    "spoken-turns": {"task": "verbalcoach.tasks.tend_spoken_turns", "schedule": 30.0},
    "exports": {"task": "verbalcoach.tasks.tend_exports", "schedule": 30.0},
    "erasures": {"task": "verbalcoach.tasks.erase_due_accounts", "schedule": 5 * 60.0},
    "speech": {"task": "speech.tasks.tidy", "schedule": 5 * 60.0},
    "practice-reminders": {"task": "practice.tasks.send_due_reminders", "schedule": 30.0},
    "planned-analyses": {"task": "speech_sessions.tasks.start_planned_analyses", "schedule": 15.0},
}
