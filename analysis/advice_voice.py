"""What feedback can say about voice, choice of words and reading, and how it compares."""

from analysis.translatable import gettext_noop

VOICE: dict[str, str | tuple[str, str]] = {
    # Pitch
    "focus_flat": gettext_noop(
        "Let the voice move. Its pitch varies by %(semitones)s semitones here."
    ),
    "focus_flat_2": gettext_noop(
        "Colour the words that matter: the pitch moves by %(semitones)s semitones only."
    ),
    "why_flat": gettext_noop(
        "Under %(low)s a voice sounds level, whatever it says. Melody tells a listener what is new."
    ),
    "why_flat_2": gettext_noop(
        "Below %(low)s the words have to carry the weight alone that the melody could share."
    ),
    "why_flat_own": gettext_noop("Your own range begins at %(low)s. Melody shows what is new."),
    "why_flat_own_2": gettext_noop("That is below the %(low)s you set yourself."),
    "drill_flat": gettext_noop(
        "Say the clip once as if telling a child, once as if it were news, then as yourself."
    ),
    "drill_flat_2": gettext_noop(
        "Hum the melody of a sentence before you say it, and let the words follow the hum."
    ),
    "drill_flat_3": gettext_noop(
        "Mark one word in each line and lift your voice on that word as you read."
    ),
    "drill_flat_4": gettext_noop(
        "Give the clip as if the back row were half asleep, then as you would to a friend."
    ),
    "drill_flat_5": gettext_noop(
        "Answer as if the question pleased you, and let your voice rise on the word that matters."
    ),
    "goal_flat": gettext_noop("%(semitones)s semitones or more in the next recording."),
    "goal_flat_2": gettext_noop("Next time, a pitch that varies by %(semitones)s semitones."),
    # Ends of sentences
    "focus_trailing_off": gettext_noop(
        "Carry the voice to the full stop. %(count)s sentences end much more softly than they run."
    ),
    "focus_trailing_off_2": gettext_noop(
        "Finish as you began. At the end of %(count)s sentences the voice sinks away."
    ),
    "why_trailing_off": gettext_noop(
        "The end of a sentence often holds its point, and a soft end is what a room loses first."
    ),
    "why_trailing_off_2": gettext_noop(
        "Breath that runs out takes the last words with it, and those are the ones to remember."
    ),
    "drill_trailing_off": gettext_noop(
        "Say the clip again and make the last word of each sentence the loudest."
    ),
    "drill_trailing_off_2": gettext_noop(
        "Breathe before each sentence, not in the middle of it, and send its end to the far wall."
    ),
    "drill_trailing_off_3": gettext_noop(
        "Look at one listener until the full stop is said, then move on to the next."
    ),
    "drill_trailing_off_4": gettext_noop(
        "End each answer on its strongest word, and close your mouth only when it has been heard."
    ),
    "drill_trailing_off_5": gettext_noop(
        "Read each sentence backwards by phrases, then forwards, and keep the last phrase full."
    ),
    "goal_trailing_off": gettext_noop("%(count)s at most in a recording of this length."),
    "goal_trailing_off_2": gettext_noop("Next time, no more than %(count)s of them."),
    # Hedges
    "focus_hedges": gettext_noop(
        "Say it straight. Small retreats such as “%(phrase)s” come %(count)s times."
    ),
    "focus_hedges_2": gettext_noop(
        "Stand by the sentence. “%(phrase)s” and its like weaken it in %(count)s places."
    ),
    "why_hedges": gettext_noop(
        "Where there is doubt, one of them says so. Where there is none, they invent it."
    ),
    "why_hedges_2": gettext_noop(
        "A listener takes each of them as a step back, even where you are sure."
    ),
    "drill_hedges": gettext_noop(
        "Hear the clip, and say its sentences again without them. Keep only what you truly doubt."
    ),
    "drill_hedges_2": gettext_noop(
        "Begin five answers with the answer itself, in at most eight words."
    ),
    "drill_hedges_3": gettext_noop(
        "Write the three claims of your talk without a hedge, and say them as they stand."
    ),
    "goal_hedges": gettext_noop("%(count)s at most in a recording of this length."),
    "goal_hedges_2": gettext_noop("Next time, no more than %(count)s of them."),
    # Reading aloud
    "focus_reading": gettext_noop(
        "Read what stands there. %(percent)s %% of the words came as they are written."
    ),
    "focus_reading_2": gettext_noop(
        "Stay on the line: %(percent)s %% of the words are as the text has them."
    ),
    "why_reading": gettext_noop("From about %(low)s %% on, a listener hears the text itself."),
    "why_reading_2": gettext_noop("Below %(low)s %% the sense begins to shift with the words."),
    "why_reading_own": gettext_noop("Your own range begins at %(low)s %%."),
    "why_reading_own_2": gettext_noop("That is below the %(low)s %% you set yourself."),
    "drill_reading": gettext_noop(
        "Read a sentence silently to its end, look up, and say it. Then the next."
    ),
    "drill_reading_2": gettext_noop(
        "Read half as fast for a minute, a finger under the word, and then at your own pace."
    ),
    "goal_reading": gettext_noop("%(percent)s %% or more in the next reading."),
    "goal_reading_2": gettext_noop("Next time, bring it to %(percent)s %%."),
    # Against one's own recordings
    "compare_past": gettext_noop(
        "%(value)s here; the median of your last %(count)s is %(median)s."
    ),
    "compare_past_2": gettext_noop(
        "Your last %(count)s have a median of %(median)s; this one has %(value)s."
    ),
    "compare_early": gettext_noop(
        "Too early to say how this compares: three earlier recordings are needed."
    ),
    "compare_early_2": gettext_noop(
        "With three earlier recordings of this kind a comparison will stand here."
    ),
}
