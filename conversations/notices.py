"""What a turn tells the learner beside its text: who answered instead, what was not understood."""

from django.utils.translation import gettext_lazy as _

SCRIPT_TOOK_OVER = "script_took_over"
MODEL_IS_BACK = "model_is_back"
OTHER_EARS = "other_ears"
NOTHING_HEARD = "nothing_heard"
NOT_HEARD = "not_heard"
NOT_AUDIO = "not_audio"
NO_ANSWER = "no_answer"
WAITS = "waits"
ENDED_BEFORE = "ended_before"

SENTENCES = {
    SCRIPT_TOOK_OVER: _(
        "The language model does not answer now. The scripted partner goes on: it follows its "
        "script and understands less."
    ),
    MODEL_IS_BACK: _("The language model answers again."),
    OTHER_EARS: _("The usual speech recognition did not answer. Another one heard you."),
    NOTHING_HEARD: _("No words were heard. Say it again, a little closer to the microphone."),
    NOT_HEARD: _(
        "Speech recognition does not work just now. What you said is kept. Send it again, or type."
    ),
    NOT_AUDIO: _("This could not be played. Say it again, or type."),
    NO_ANSWER: _("Nobody could answer just now. What you said is kept. Send it again."),
    ENDED_BEFORE: _("The talk ended before this was answered."),
    WAITS: _("The answer takes longer than usual. What you said is kept, and it will be answered."),
}


def sentence(code: str) -> str:
    """The notice in the language of who reads it; empty where there is nothing to tell."""
    return str(SENTENCES.get(code, ""))
