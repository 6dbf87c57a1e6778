"""Every sentence the engine says, by id, in English; pages translate by the same id and numbers.

`TEMPLATES` holds msgids for gettext with named parameters; a pair is singular and plural, chosen
by the parameter `count`. The functions named like gettext's only mark them for `makemessages`.
"""

from collections.abc import Callable, Mapping

from analysis.report import Message

Template = str | tuple[str, str]


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation."""
    return text


def ngettext(singular: str, plural: str) -> tuple[str, str]:
    """Mark a sentence with its plural for translation."""
    return singular, plural


TEMPLATES: dict[str, Template] = {
    # What limits the report as a whole
    "truncated": gettext_noop(
        "The file breaks off before its end. What arrived, %(length)s, is measured."
    ),
    "wrong_language": gettext_noop(
        "This sounds more like %(heard)s than %(declared)s. If so, choose %(heard)s and analyse it"
        " again: until then the words are guesses."
    ),
    "unsure_words": gettext_noop(
        "Many words were hard to make out, so treat the numbers about words as estimates."
    ),
    "missed_words": gettext_noop(
        "For %(length)s of speech no words were recognised, so the numbers about words may be too"
        " low."
    ),
    "dead_channel": gettext_noop(
        "Only one of the two channels holds your voice; that one is used."
    ),
    "too_little": gettext_noop(
        "Too early to say: rates need 15 seconds of speech and 30 words to mean anything."
    ),
    # The pacing paragraph, part by part
    "pace_inside": gettext_noop(
        "The pace was %(rate)s words a minute, inside the usual range of %(low)s to %(high)s."
    ),
    "pace_above": gettext_noop(
        "The pace was %(rate)s words a minute, above the usual range of %(low)s to %(high)s."
    ),
    "pace_below": gettext_noop(
        "The pace was %(rate)s words a minute, below the usual range of %(low)s to %(high)s."
    ),
    "pace_alone": gettext_noop("The pace was %(rate)s words a minute."),
    "pace_fastest": gettext_noop("It was fastest around %(time)s, at %(rate)s."),
    "pace_pauses": ngettext(
        "One pause lasted a second or more, and silence made up %(share)s %% of the talk.",
        "%(count)s pauses lasted a second or more, and silence made up %(share)s %% of the talk.",
    ),
    "pace_no_pauses": gettext_noop(
        "No pause lasted a second, and silence made up %(share)s %% of the talk."
    ),
    "pace_fillers": ngettext(
        "There was one filler, %(rate)s a minute.",
        "There were %(count)s fillers, %(rate)s a minute.",
    ),
    "pace_no_fillers": gettext_noop("No fillers were found."),
    # Keep this
    "keep_pace": gettext_noop("The pace suits a listener: %(rate)s words a minute."),
    "keep_few_fillers": ngettext(
        "One um or uh in %(length)s. Nobody minds that.",
        "%(count)s ums and uhs in %(length)s. Nobody minds that few.",
    ),
    "keep_no_fillers": gettext_noop("No um or uh was heard in %(length)s."),
    "keep_pauses": gettext_noop(
        "%(inside)s of the %(count)s pauses stand between clauses, where they help a listener."
    ),
    "keep_varied": gettext_noop(
        "The pace moves with what is said: it varies by %(percent)s %% around its mean."
    ),
    # One thing to practise: focus, why, drill, goal
    "focus_fillers_after_sentence": gettext_noop(
        "Let the sentence end. %(after)s of the %(count)s ums and uhs stand where a pause would"
        " have done the work."
    ),
    "focus_fillers": gettext_noop(
        "Leave the gap empty. The talk fills %(count)s of its gaps with um or uh."
    ),
    "why_fillers": gettext_noop(
        "That is %(rate)s a minute; up to 5 go unnoticed. A silent second sounds surer, and nobody"
        " notices it but you."
    ),
    "drill_fillers": gettext_noop(
        "Sixty seconds on any subject: wherever an um wants to come, close your mouth and breathe."
    ),
    "goal_fillers": gettext_noop("%(rate)s ums and uhs a minute or fewer in the next recording."),
    "focus_mixed_fillers": gettext_noop(
        "Say less between the thoughts. %(count)s small words here carry nothing."
    ),
    "why_mixed_fillers": gettext_noop(
        "No one of them is a habit. Together they come %(rate)s times a minute; up to 5 go"
        " unnoticed."
    ),
    "goal_mixed_fillers": gettext_noop("%(rate)s fillers a minute or fewer in the next recording."),
    "focus_phrase": gettext_noop("Say it without “%(phrase)s”. It comes %(count)s times here."),
    "why_phrase": gettext_noop(
        "One now and then is how people talk. At %(rate)s a minute a listener starts to count."
    ),
    "drill_phrase": gettext_noop(
        "Hear the first three, then say those sentences again without the phrase."
    ),
    "goal_phrase": gettext_noop("Half as many in the next recording: %(count)s at most."),
    "focus_fast": gettext_noop("Slow the key lines. The talk runs at %(rate)s words a minute."),
    "why_fast": gettext_noop(
        "Listeners follow best up to about %(high)s. Where it runs fastest, the point goes by"
        " before it lands."
    ),
    "drill_fast": gettext_noop(
        "Say the fastest stretch again with a full stop after every thought, and wait one breath at"
        " each."
    ),
    "goal_pace": gettext_noop("Between %(low)s and %(high)s words a minute in the next recording."),
    "focus_slow": gettext_noop("Let it run. The talk moves at %(rate)s words a minute."),
    "why_slow": gettext_noop(
        "Below about %(low)s a listener's mind has time to leave. The pauses can stay; the phrases"
        " between them can move."
    ),
    "drill_slow": gettext_noop(
        "Say the same minute again, aiming for the end of each sentence in one breath."
    ),
    "focus_little_silence": gettext_noop(
        "Let it breathe. From %(time)s the talk runs %(seconds)s seconds without a pause."
    ),
    "why_little_silence": gettext_noop(
        "Silence makes up %(percent)s %% of the talk. A pause is where a listener catches up."
    ),
    "drill_little_silence": gettext_noop(
        "Say that stretch again, and count one at the end of every sentence."
    ),
    "goal_little_silence": gettext_noop(
        "At least %(percent)s %% of the next recording silent, between sentences."
    ),
    "focus_mid_clause": gettext_noop(
        "Pause after the thought, not inside it. %(inside)s of the %(count)s pauses fall inside a"
        " clause."
    ),
    "why_mid_clause": gettext_noop(
        "Where a pause falls matters more than how long it is: inside a clause it sounds like a"
        " search, after one it sounds like a choice."
    ),
    "drill_mid_clause": gettext_noop(
        "Take one sentence from here, say it whole in your head, then aloud without a break."
    ),
    "goal_mid_clause": gettext_noop("At most %(percent)s %% of pauses inside clauses next time."),
    "focus_fast_stretch": gettext_noop(
        "Hold the pace at %(time)s. It climbs to %(rate)s words a minute there."
    ),
    "why_fast_stretch": gettext_noop(
        "The talk as a whole moves at %(mean)s. A rush this long usually means the next point is"
        " already in mind."
    ),
    "goal_fast_stretch": gettext_noop("No stretch of five seconds over %(limit)s words a minute."),
    "focus_repetitions": gettext_noop(
        "Start the sentence once. Words are said twice in %(count)s places."
    ),
    "why_repetitions": gettext_noop(
        "Starting before the thought is ready makes the first words come twice."
    ),
    "drill_repetitions": gettext_noop(
        "Answer a question after a silent count of two. Begin only when the first six words are"
        " there."
    ),
    "goal_repetitions": gettext_noop("At most %(count)s in a recording of this length."),
    "focus_nothing": gettext_noop("Nothing here needs mending. Make the next one harder."),
    "why_nothing": gettext_noop(
        "Pace, fillers and pauses all lie where a listener is comfortable."
    ),
    "drill_nothing": gettext_noop("Say it again without notes, or in half the time."),
    # Against one's own recordings
    "compare_past": gettext_noop(
        "%(value)s here; the median of your last %(count)s is %(median)s."
    ),
    "compare_early": gettext_noop(
        "Too early to say how this compares: three earlier recordings are needed."
    ),
}


def say(id: str, **params: float | str) -> Message:  # noqa: A002 (the name in the report)
    """The message of that id with its English sentence."""
    return Message(id, params, render(id, params))


def render(
    id: str,  # noqa: A002
    params: Mapping[str, float | int | str],
    translate: Callable[[str], str] = str,
    translate_plural: Callable[[str, str, int], str] | None = None,
) -> str:
    """A message as text, through gettext and ngettext functions where they are given."""
    template = TEMPLATES[id]
    if isinstance(template, str):
        return translate(template) % params
    count = int(params["count"])
    if translate_plural:
        return translate_plural(*template, count) % params
    return template[0 if count == 1 else 1] % params


def clock(seconds: float) -> str:
    """0:41, 12:05, 1:02:05."""
    whole = int(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def plain(value: float) -> str:
    """A number with at most one decimal, none when it is whole."""
    return f"{value:.1f}".removesuffix(".0")


def spoken_length(seconds: float) -> str:
    """24 seconds, 3 minutes."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{round(seconds)} seconds"
    return f"{minutes} minutes"


def spelled(number: int) -> str:
    """Numbers up to ten as words, with a capital."""
    names = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return names[number] if number < len(names) else str(number)
