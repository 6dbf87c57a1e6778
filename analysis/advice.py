"""What feedback can say about flow, each thing in several wordings.

`keep_pace`, `keep_pace_2`, `keep_pace_3` say the same with the same parameters; `phrasing`
chooses between them. A template holds no figure of its own: each number comes in as a parameter.
"""

from analysis.translatable import gettext_noop, ngettext

STRENGTHS: dict[str, str | tuple[str, str]] = {
    "keep_pace": gettext_noop("The pace suits a listener: %(rate)s words a minute."),
    "keep_pace_2": gettext_noop("%(rate)s words a minute: easy to follow, and never slow."),
    "keep_pace_3": gettext_noop("At %(rate)s words a minute the words keep their room."),
    "keep_few_fillers": ngettext(
        "One um or uh in %(length)s. Nobody minds that.",
        "%(count)s ums and uhs in %(length)s. Nobody minds that few.",
    ),
    "keep_few_fillers_2": ngettext(
        "Only one um or uh stands in %(length)s. The gaps stay empty.",
        "Only %(count)s ums and uhs stand in %(length)s. Most gaps stay empty.",
    ),
    "keep_no_fillers": gettext_noop("No um or uh was heard in %(length)s."),
    "keep_no_fillers_2": gettext_noop("%(length)s without an um or uh that was heard."),
    "keep_pauses": gettext_noop(
        "%(inside)s of the %(count)s pauses stand between clauses, where they help a listener."
    ),
    "keep_pauses_2": gettext_noop(
        "The pauses come where a thought ends. %(inside)s of the %(count)s stand between clauses."
    ),
    "keep_pauses_3": gettext_noop(
        "A listener rests at the right places: %(inside)s of the %(count)s pauses close a clause."
    ),
    "keep_varied": gettext_noop(
        "The pace moves with what is said: it varies by %(percent)s %% around its mean."
    ),
    "keep_varied_2": gettext_noop(
        "Fast and slow take turns: the pace varies by %(percent)s %% around its mean."
    ),
    "keep_pitch": gettext_noop("The voice moves: its pitch varies by %(semitones)s semitones."),
    "keep_pitch_2": gettext_noop("A lively melody: the pitch varies by %(semitones)s semitones."),
    "keep_reading": gettext_noop("%(percent)s %% of the words were read as they are written."),
    "keep_reading_2": gettext_noop(
        "The text came through whole: %(percent)s %% of its words are as written."
    ),
}

FLOW: dict[str, str | tuple[str, str]] = {
    # Ums and uhs
    "focus_fillers_after_sentence": gettext_noop(
        "Let the sentence end. %(after)s of the %(count)s ums and uhs stand where a pause would"
        " have done the work."
    ),
    "focus_fillers_after_sentence_2": gettext_noop(
        "Close the sentence and wait. %(after)s of the %(count)s ums and uhs follow a full stop."
    ),
    "focus_fillers": gettext_noop(
        "Leave the gap empty. %(count)s gaps here are filled with um or uh."
    ),
    "focus_fillers_2": gettext_noop(
        "Trade the um for a silent beat. There are %(count)s ums and uhs in this recording."
    ),
    "focus_fillers_3": gettext_noop("Breathe instead. An um or uh comes %(count)s times here."),
    "why_fillers_usual": gettext_noop(
        "That is %(rate)s a minute; up to %(limit)s go unnoticed. A silent second sounds surer, and"
        " nobody notices it but you."
    ),
    "why_fillers_usual_2": gettext_noop(
        "%(rate)s a minute is more than the %(limit)s that pass unheard. The same gap left silent"
        " reads as thought."
    ),
    "why_fillers_own": gettext_noop(
        "That is %(rate)s a minute; your own range ends at %(limit)s. A silent second sounds surer."
    ),
    "why_fillers_own_2": gettext_noop(
        "%(rate)s a minute lies above the %(limit)s you set yourself. Silence does the same work."
    ),
    "drill_fillers": gettext_noop(
        "A minute on any subject: wherever an um wants to come, close your mouth and breathe."
    ),
    "drill_fillers_2": gettext_noop(
        "Hear the moment once and say those sentences again, with a silent breath at each um."
    ),
    "drill_fillers_3": gettext_noop(
        "Have a question asked. Take a full breath before the first word and after every sentence."
    ),
    "drill_fillers_4": gettext_noop(
        "Tell the same story twice without a break. In the second telling hold every gap in"
        " silence."
    ),
    "drill_fillers_5": gettext_noop(
        "Stand up and give your first three sentences. After each, hold the silence until it feels"
        " too long."
    ),
    "drill_fillers_6": gettext_noop(
        "Read a paragraph and breathe in, mouth closed, at every comma and every full stop."
    ),
    "goal_fillers": gettext_noop("%(rate)s ums and uhs a minute or fewer in the next recording."),
    "goal_fillers_2": gettext_noop("Next time, at most %(rate)s ums and uhs a minute."),
    # Fillers of every kind
    "focus_mixed_fillers": gettext_noop(
        "Say less between the thoughts. %(count)s small words here carry nothing."
    ),
    "focus_mixed_fillers_2": gettext_noop(
        "Let one thought end before the next begins. %(count)s fillers stand between them."
    ),
    "why_mixed_fillers_usual": gettext_noop(
        "No one of them is a habit. Together they come %(rate)s times a minute; up to %(limit)s go"
        " unnoticed."
    ),
    "why_mixed_fillers_usual_2": gettext_noop(
        "Each is small; at %(rate)s a minute, above %(limit)s, they add up in a listener's ear."
    ),
    "why_mixed_fillers_own": gettext_noop(
        "No one of them is a habit. Together they come %(rate)s times a minute; your own range ends"
        " at %(limit)s."
    ),
    "why_mixed_fillers_own_2": gettext_noop(
        "At %(rate)s a minute they lie above the %(limit)s you set yourself."
    ),
    "goal_mixed_fillers": gettext_noop("%(rate)s fillers a minute or fewer in the next recording."),
    "goal_mixed_fillers_2": gettext_noop("Next time, at most %(rate)s fillers a minute."),
    # One phrase
    "focus_phrase": gettext_noop("Say it without “%(phrase)s”. It comes %(count)s times here."),
    "focus_phrase_2": gettext_noop(
        "“%(phrase)s” can go. The %(count)s sentences that hold it stand without it."
    ),
    "why_phrase": gettext_noop(
        "One now and then is how people talk. At %(rate)s a minute a listener starts to count."
    ),
    "why_phrase_2": gettext_noop(
        "It comes %(rate)s times a minute. A phrase heard that often is heard for itself, not for"
        " what it says."
    ),
    "drill_phrase": gettext_noop(
        "Hear the first three, then say those sentences again without the phrase."
    ),
    "drill_phrase_2": gettext_noop(
        "Tell somebody the phrase. Talk for a minute, and have them tap the table when it comes."
    ),
    "drill_phrase_3": gettext_noop(
        "Answer the same question three times, and put a breath where the phrase would stand."
    ),
    "drill_phrase_4": gettext_noop(
        "Have three questions put to you, and begin each answer with the answer itself."
    ),
    "drill_phrase_5": gettext_noop(
        "Give the opening three times over, and stop for a breath where the phrase wants to come."
    ),
    "goal_phrase": gettext_noop("Half as many in the next recording: %(count)s at most."),
    "goal_phrase_2": gettext_noop("At most %(count)s of them next time."),
    # Pace
    "focus_fast": gettext_noop("Slow the key lines. This runs at %(rate)s words a minute."),
    "focus_fast_2": gettext_noop("Give the words room. They come at %(rate)s a minute."),
    "focus_fast_3": gettext_noop("Land each thought before the next: %(rate)s words a minute."),
    "why_fast": gettext_noop(
        "Listeners follow best up to about %(high)s. Where it runs fastest, the point goes by"
        " before it lands."
    ),
    "why_fast_2": gettext_noop(
        "Above about %(high)s a listener hears the words but keeps fewer of the thoughts."
    ),
    "why_fast_own": gettext_noop(
        "Your own range ends at %(high)s. Where it runs fastest, the point goes by before it lands."
    ),
    "why_fast_own_2": gettext_noop("That is above the %(high)s you set yourself."),
    "drill_fast": gettext_noop(
        "Say the fastest stretch again with a full stop after every thought, and wait one breath at"
        " each."
    ),
    "drill_fast_2": gettext_noop(
        "Choose the three words that matter most in the clip, and say it again leaning on those."
    ),
    "drill_fast_3": gettext_noop(
        "Read the passage as if for somebody who writes it down, then once more as it pleases you."
    ),
    "drill_fast_4": gettext_noop(
        "Answer in three sentences, and breathe out fully before each of them."
    ),
    "drill_fast_5": gettext_noop(
        "Send the clip to the far wall of the room: let each sentence arrive before the next one"
        " leaves."
    ),
    "drill_fast_6": gettext_noop(
        "Say it slowly, quickly and slowly again, and change the pace only at a full stop."
    ),
    "goal_slower": gettext_noop("%(rate)s words a minute or fewer in the next recording."),
    "goal_slower_2": gettext_noop("Next time, bring it down to %(rate)s words a minute."),
    "goal_faster": gettext_noop("%(rate)s words a minute or more in the next recording."),
    "goal_faster_2": gettext_noop("Next time, bring it up to %(rate)s words a minute."),
    "focus_slow": gettext_noop("Let it run. This moves at %(rate)s words a minute."),
    "focus_slow_2": gettext_noop("Carry each phrase to its end: %(rate)s words a minute here."),
    "why_slow": gettext_noop(
        "Below about %(low)s a listener's mind has time to leave. The pauses can stay; the phrases"
        " between them can move."
    ),
    "why_slow_2": gettext_noop(
        "Under about %(low)s the end of a sentence comes when its beginning is already fading."
    ),
    "why_slow_own": gettext_noop("Your own range begins at %(low)s. The pauses can stay."),
    "why_slow_own_2": gettext_noop("That is below the %(low)s you set yourself."),
    "drill_slow": gettext_noop(
        "Say the same minute again, aiming for the end of each sentence in one breath."
    ),
    "drill_slow_2": gettext_noop(
        "Put the next sentence together in silence, then say it in one go. Do that five times."
    ),
    "drill_slow_3": gettext_noop(
        "Answer in two sentences, each in one breath, without looking for a better word."
    ),
    "drill_slow_4": gettext_noop(
        "Walk while you speak, a step to each phrase, and let the steps carry the pace."
    ),
    "drill_slow_5": gettext_noop(
        "Read in whole phrases, with your eyes always some words ahead of your voice."
    ),
    "focus_fast_stretch": gettext_noop(
        "Hold the pace at %(time)s. It climbs to %(rate)s words a minute there."
    ),
    "focus_fast_stretch_2": gettext_noop(
        "Stay with the line at %(time)s: it rushes by at %(rate)s words a minute."
    ),
    "why_fast_stretch": gettext_noop(
        "As a whole it moves at %(mean)s. A rush this long usually means the next point is already"
        " in mind."
    ),
    "why_fast_stretch_2": gettext_noop(
        "The rest moves at %(mean)s, so this stretch stands out, and its point is easily missed."
    ),
    "goal_fast_stretch": gettext_noop("No stretch of five seconds over %(limit)s words a minute."),
    "goal_fast_stretch_2": gettext_noop(
        "Keep every five seconds under %(limit)s words a minute next time."
    ),
    # Silence
    "focus_little_silence": gettext_noop(
        "Let it breathe. From %(time)s it runs %(seconds)s seconds without a pause."
    ),
    "focus_little_silence_2": gettext_noop(
        "Stop for a moment. The %(seconds)s seconds from %(time)s on hold no pause."
    ),
    "why_little_silence": gettext_noop(
        "Silence makes up %(percent)s %% of it. A pause is where a listener catches up."
    ),
    "why_little_silence_2": gettext_noop(
        "With %(percent)s %% of silence nothing is underlined: what a pause follows is what stays."
    ),
    "drill_little_silence": gettext_noop(
        "Say that stretch again, and count one at the end of every sentence."
    ),
    "drill_little_silence_2": gettext_noop(
        "Write the stretch down with a bar where each thought ends, and read it with a breath at"
        " each bar."
    ),
    "drill_little_silence_3": gettext_noop(
        "Look away from the page at every full stop, and back only when you have breathed in."
    ),
    "drill_little_silence_4": gettext_noop(
        "Before each new point take a step, and say nothing until you stand still."
    ),
    "drill_little_silence_5": gettext_noop(
        "Breathe in before each answer, stop after it, and let the other speak first."
    ),
    "goal_little_silence": gettext_noop(
        "At least %(percent)s %% of the next recording silent, between sentences."
    ),
    "goal_little_silence_2": gettext_noop("Next time, leave %(percent)s %% of it silent."),
    "focus_mid_clause": gettext_noop(
        "Pause after the thought, not inside it. %(inside)s of the %(count)s pauses fall inside a"
        " clause."
    ),
    "focus_mid_clause_2": gettext_noop(
        "Keep the clause whole. %(inside)s of the %(count)s pauses break one."
    ),
    "why_mid_clause": gettext_noop(
        "Where a pause falls matters more than how long it is: inside a clause it sounds like a"
        " search, after one it sounds like a choice."
    ),
    "why_mid_clause_2": gettext_noop(
        "A listener holds half a thought until the rest comes. After a full clause there is nothing"
        " to hold."
    ),
    "drill_mid_clause": gettext_noop(
        "Take one sentence from here, say it whole in your head, then aloud without a break."
    ),
    "drill_mid_clause_2": gettext_noop(
        "Speak in short sentences for a minute, and stop only where a full stop would stand."
    ),
    "drill_mid_clause_3": gettext_noop(
        "Let your eyes run to the next comma before you read the words that lead to it."
    ),
    "drill_mid_clause_4": gettext_noop(
        "Before each answer choose its last word, then speak towards that word without a stop."
    ),
    "drill_mid_clause_5": gettext_noop(
        "Write your next three points as whole sentences, and say each in one breath."
    ),
    "goal_mid_clause": gettext_noop("At most %(percent)s %% of pauses inside clauses next time."),
    "goal_mid_clause_2": gettext_noop(
        "Bring the pauses inside clauses down to %(percent)s %% next time."
    ),
    # Words said twice
    "focus_repetitions": gettext_noop(
        "Start the sentence once. Words are said twice in %(count)s places."
    ),
    "focus_repetitions_2": gettext_noop(
        "Wait for the whole sentence. In %(count)s places its first words come twice."
    ),
    "why_repetitions": gettext_noop(
        "Starting before the thought is ready makes the first words come twice."
    ),
    "why_repetitions_2": gettext_noop(
        "The mouth begins while the mind still chooses; a short silence lets the mind finish."
    ),
    "drill_repetitions": gettext_noop(
        "Answer a question after a silent count of two. Begin only when the first six words are"
        " there."
    ),
    "drill_repetitions_2": gettext_noop(
        "Say one sentence, breathe, say the next. If a word comes twice, begin that sentence again."
    ),
    "drill_repetitions_3": gettext_noop(
        "Start each answer with a breath in. If a word comes twice, stop, breathe and begin again."
    ),
    "drill_repetitions_4": gettext_noop(
        "Learn the first words of each point by heart, and speak freely from there."
    ),
    "goal_repetitions": gettext_noop("At most %(count)s in a recording of this length."),
    "goal_repetitions_2": gettext_noop("Next time, in as many minutes, %(count)s or fewer."),
    # Nothing
    "focus_nothing": gettext_noop("Nothing here needs mending. Make the next one harder."),
    "focus_nothing_2": gettext_noop("All of it sits well. Raise the bar in the next one."),
    "why_nothing": gettext_noop(
        "Pace, fillers and pauses all lie where a listener is comfortable."
    ),
    "why_nothing_2": gettext_noop("Every number that a report leads with lies inside its range."),
    "drill_nothing": gettext_noop("Say it again without notes, or in half the time."),
    "drill_nothing_2": gettext_noop("Say it to somebody who may interrupt you with questions."),
    "drill_nothing_3": gettext_noop(
        "Read it again, twice as softly, for somebody in the same room."
    ),
    "drill_nothing_4": gettext_noop(
        "Have somebody ask what you hope nobody asks, and answer at once."
    ),
}
