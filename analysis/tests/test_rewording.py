"""A language model's words for the advice: what they may say, and what throws them away."""

import hashlib
import itertools
import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from analysis import engine
from analysis.report import Feedback, Report
from analysis.rewording import request_for, reword
from analysis.rewording.checking import problem_of
from analysis.rewording.facts import LONGEST, Facts, facts_of
from analysis.rewording.numbers import numbers_in
from analysis.rewording.prompts import FOLDER
from analysis.tests.test_advice import SENTENCES
from analysis.tests.test_feedback import CLEAN, UM, report_of
from engines.language_models import Answer, Failure, LanguageModelError

# A prompt that was used is never changed: a better one gets the next number.
PROMPTS = {
    "feedback-1.md": "6938df6e5ce44cf00b89f3b546d3bbdb3c741d4503408b3773b397b5b13ad01c",
    "feedback-again-1.md": "25e25dfd824ba7ab725e2a71d8ad2b8a2642c206aa72f959ee9ce6759440319d",
}

FACTS = Facts(
    kind="interview",
    level="far",
    about="filled_pauses",
    sentences={
        "strength": "The pace suits a listener: 148 words a minute.",
        "focus": "Let the sentence end. Eight of the 12 ums and uhs stand where a pause would have"
        " done the work.",
        "why": "That is 8.2 a minute; up to 5 go unnoticed. A silent second sounds surer.",
        "drill": "Have a question asked. Take a full breath before the first word and after every"
        " sentence.",
    },
)
GOOD = {
    "strength": "At 148 words a minute your pace lets an interviewer follow with ease.",
    "focus": "Finish the sentence, then stay silent: eight of your 12 ums and uhs fill a pause.",
    "why": "You say 8.2 of them a minute, and up to 5 go unnoticed. When you answer, a silent"
    " second sounds surer.",
    "drill": "Ask somebody to put a question to you. Take a full breath before the first word of"
    " your answer and after every sentence.",
}
FIELDS = tuple(GOOD)


def answer_of(data, **more):
    return Answer(
        **{
            "data": data,
            "provider": "anthropic",
            "model": "claude-haiku-5-5",
            "host": "api.anthropic.com",
            "leaves_machine": True,
            "seconds": 1.2,
            "tries": 1,
            "input_tokens": 410,
            "output_tokens": 96,
            **more,
        }
    )


def test_good_rewording_is_accepted():
    assert problem_of(GOOD, FACTS) is None


ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
ONES += " fifteen sixteen seventeen eighteen nineteen"
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety"


def in_words(number):
    """A whole number below a million in letters, by a hand of its own."""
    if number < 20:
        return ONES.split()[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return TENS.split()[ten] + (f"-{in_words(one)}" if one else "")
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            many, rest = divmod(number, size)
            joined = " and " if size == 100 or rest < 100 else " "
            return f"{in_words(many)} {name}" + (f"{joined}{in_words(rest)}" if rest else "")
    raise AssertionError


def as_ordinal(number):
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


WRITINGS = {
    "digits": str,
    "words": in_words,
    "capital": lambda number: in_words(number).capitalize(),
    "spaced": lambda number: in_words(number).replace("-", " "),
    "percent": lambda number: f"{number} %",
    "percent in words": lambda number: f"{in_words(number)} per cent",
    "times": lambda number: f"{number} times",
    "ordinal": as_ordinal,
    "decimal": lambda number: f"{number}.5",
    "half": lambda number: f"{number}½",
    "clock": lambda number: f"{number}:07",
    "thousands": lambda number: f"{number},000",
    "arabic": lambda number: str(number).translate({48 + n: 0x660 + n for n in range(10)}),
    "wide": lambda number: str(number).translate({48 + n: 0xFF10 + n for n in range(10)}),
    "suffix": lambda number: f"{number}k",
    "range": lambda number: f"5-{number}",
    "fraction": lambda number: f"{number}/12",
    "negative": lambda number: f"-{number}",
}


OTHER_KINDS = set(WRITINGS) - {"digits", "words", "capital", "spaced", "times", "range"}
HIDDEN = (
    *("first", "third", "tenth", "twentieth", "once", "twice", "thrice", "half", "halved"),
    *("double", "doubled", "triple", "tenfold", "dozen", "dozens", "hundreds", "couple", "pair"),
    *("single", "none", "both", "quarter", "two-thirds", "zero", "nil", "majority", "decades"),
    *("VII", "XIV", "²", "¾"),
)
# The whole numbers that stand somewhere in the facts, in digits or letters.
IN_THE_FACTS = {148, 8, 12, 5, 1, 2}


def with_more(field, more, place):
    """The good answer with something put between the words of a field."""
    words = GOOD[field].split()
    words.insert(place % (len(words) + 1), more)
    text = " ".join(words)
    assert len(text) <= LONGEST[field]
    return {**GOOD, field: text}


@settings(max_examples=500, deadline=None, derandomize=True)
@given(
    field=st.sampled_from(FIELDS),
    number=st.integers(0, 400) | st.integers(0, 999_999),
    writing=st.sampled_from(sorted(WRITINGS)),
    place=st.integers(0, 30),
)
def test_answer_with_a_number_that_is_not_in_the_facts_is_rejected(field, number, writing, place):
    assume(number not in IN_THE_FACTS)
    problem = problem_of(with_more(field, WRITINGS[writing](number), place), FACTS)
    assert problem is not None
    assert field in problem


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("writing", sorted(OTHER_KINDS))
@pytest.mark.parametrize("number", [148, 8, 12, 5])
def test_number_of_the_facts_is_rejected_as_another_kind_of_number(field, writing, number):
    assert problem_of(with_more(field, WRITINGS[writing](number), 3), FACTS)


@pytest.mark.parametrize(
    ("field", "number"), [("strength", 8), ("strength", 5), ("focus", 148), ("drill", 12)]
)
@pytest.mark.parametrize("writing", ["digits", "words"])
def test_number_of_one_sentence_is_rejected_in_another(field, number, writing):
    assert "number" in problem_of(with_more(field, WRITINGS[writing](number), 2), FACTS)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    field=st.sampled_from(FIELDS),
    word=st.sampled_from(HIDDEN),
    place=st.integers(0, 30),
)
def test_answer_with_a_number_hidden_in_a_word_is_rejected(field, word, place):
    assume((field, word) != ("drill", "first"))
    assert problem_of(with_more(field, word, place), FACTS)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=st.text(min_size=8, max_size=80), field=st.sampled_from(FIELDS))
def test_whatever_a_model_writes_only_numbers_of_the_facts_are_shown(text, field):
    if problem_of({**GOOD, field: text}, FACTS) is None:
        assert set(numbers_in(text)) <= FACTS.numbers(field)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(
    sentences=st.lists(st.sampled_from(SENTENCES), min_size=8, max_size=24),
    gap=st.sampled_from([0.26, 0.5, 0.9, 1.6]),
    second_a_word=st.sampled_from([0.2, 0.28, 0.35, 0.5, 0.8]),
    number=st.integers(1000, 999_999),
)
def test_sentences_of_the_rules_pass_their_own_check_and_not_with_one_number_more(
    sentences, gap, second_a_word, number
):
    report = report_of(sentences, gap=gap, second_a_word=second_a_word)
    facts = facts_of(report, engine.feedback(report))
    assume(facts is not None)
    assert problem_of(facts.sentences, facts) is None
    more = f"{facts.sentences['focus']} {number}"
    assert problem_of({**facts.sentences, "focus": more}, facts)


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("strength", "Your pitch moves well, and your words are easy to follow.", "claim"),
        ("strength", "You sound confident at 148 words a minute.", "claim"),
        ("focus", "You have improved: eight of 12 ums and uhs follow a sentence.", "claim"),
        ("focus", "Keep your accent, and stay silent after the sentence.", "claim"),
        ("why", "You say 12 of them a minute, and they show.", "number '12' as a rate"),
        ("why", "Most listeners mind 8.2 of them a minute.", "claim about other people"),
        ("why", "Your score is low: 8.2 of them a minute.", "claim about a mark"),
        ("why", "You say 8.2 a minute; no more than others. Above 5 go unnoticed.", "other side"),
        ("why", "At 148 words a minute a silent second sounds surer.", "number '148'"),
        ("focus", "End the sentence instead of saying “you know” after it.", "quote"),
        ("focus", "End the sentence, 'basically', and stay silent.", "quote"),
        ("focus", "End the sentence! Stay silent after it.", "characters"),
        ("focus", "End the sentence.\nStay silent after it.", "characters"),
        ("focus", "End the sentence 🙂 and stay silent.", "characters"),
        ("focus", "End the <b>sentence</b> and stay silent.", "characters"),
        ("focus", "Read on at www.example.org about silent sentences.", "characters"),
        ("focus", "End the sеntence and stay silent.", "characters"),  # a Cyrillic letter
        ("focus", "x", "form"),
        ("focus", "End it. " * 40, "form"),
        ("drill", GOOD["drill"].upper(), "the words of the last report"),
    ],
)
def test_answer_that_says_something_else_than_the_facts_is_rejected(field, text, problem):
    found = problem_of(
        {**GOOD, field: text}, FACTS, said=[GOOD["drill"]] if field == "drill" else ()
    )
    assert found is not None
    assert problem in found


def test_answer_in_another_language_is_rejected():
    german = {
        "strength": "Das Tempo von 148 Wörtern ist für alle gut zu verstehen.",
        "focus": "Lass den Satz zu Ende gehen und warte dann, bis der Gedanke da ist.",
        "why": "Das ist auf die Dauer zu viel, und eine Stille wirkt für die anderen sicherer.",
        "drill": "Lass dir eine Frage stellen und atme nach jedem Satz in aller Ruhe durch.",
    }
    assert problem_of(german, FACTS) == "language"


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {**GOOD, "more": "Another sentence."},
        {name: GOOD[name] for name in FIELDS if name != "why"},
        {**GOOD, "why": None},
        {**GOOD, "why": ["8.2"]},
        {**GOOD, "goal": "At most 5 a minute."},
    ],
)
def test_answer_with_other_fields_than_asked_is_rejected(answer):
    assert problem_of(answer, FACTS).startswith("form")


def test_facts_hold_the_sentences_and_nothing_of_the_transcript():
    report = report_of([UM, "My neighbour Ottilie keeps bees."] * 8)
    feedback = engine.feedback(report)
    request = request_for(facts_of(report, feedback))
    sent = json.loads(request.messages[0].text)
    assert set(sent) == {"kind", "level", "about", "sentences", "numbers"}
    assert sent["sentences"]["focus"] == feedback.focus.text
    assert sent["about"] == "filled_pauses"
    for word in ("Ottilie", "neighbour", "bees"):
        assert word not in request.messages[0].text
    assert set(sent["numbers"]) == set(sent["sentences"]) == set(request.schema["properties"])


def feedback_and_report():
    report = report_of([UM] * 8)
    return report, engine.feedback(report)


def own_words(facts: Facts) -> dict[str, str]:
    """The rules' sentences, a little changed."""
    return {name: text.rstrip(".") + ", truly." for name, text in facts.sentences.items()}


def test_rewording_that_passes_is_shown_and_the_rules_own_sentences_are_kept():
    report, feedback = feedback_and_report()
    words = own_words(facts_of(report, feedback))
    passed_over = (Failure("openai m", "engine_unavailable", "429"),)
    done = reword(report, feedback, lambda _: answer_of(words, passed_over=passed_over))
    stored = done.to_json()
    assert {name: stored[name] for name in words} == words
    assert stored["goal"] == feedback.goal.text
    assert stored["messages"]["focus"]["text"] == feedback.focus.text
    assert stored["rewording"]["outcome"] == "used"
    assert stored["rewording"]["prompt"] == "feedback-1"
    assert stored["rewording"]["model"] == "claude-haiku-5-5"
    assert stored["rewording"]["passed_over"] == ["openai m: engine_unavailable"]
    again = Feedback.from_json(json.loads(json.dumps(stored)))
    assert again == done
    whole = replace(report, feedback=done).to_json()
    assert Report.from_json(json.loads(json.dumps(whole))).to_json() == whole


def test_rewording_with_an_invented_number_leaves_the_rules_sentences_and_says_why():
    report, feedback = feedback_and_report()
    words = own_words(facts_of(report, feedback))
    words["why"] = "97 % of listeners turn away. " + words["why"]
    done = reword(report, feedback, lambda _: answer_of(words))
    stored = done.to_json()
    assert stored["why"] == feedback.why.text
    assert stored["focus"] == feedback.focus.text
    assert stored["rewording"]["outcome"] == "rejected"
    assert stored["rewording"]["reason"] == "number '97' in why"
    assert stored["rewording"]["sentences"] == {}


def test_rejected_rewording_is_asked_for_once_more_with_what_was_wrong():
    report, feedback = feedback_and_report()
    words = own_words(facts_of(report, feedback))
    lying = {**words, "drill": "Do it 7 times. " + words["drill"]}
    asked = []

    def ask(request):
        asked.append(request)
        return answer_of(lying if len(asked) == 1 else words)

    done = reword(report, feedback, ask)
    assert done.rewording.outcome == "used"
    assert (done.rewording.answers, done.rewording.input_tokens) == (2, 820)
    assert [turn.role for turn in asked[1].messages] == ["user", "assistant", "user"]
    assert "number '7' in drill" in asked[1].messages[-1].text


@pytest.mark.parametrize("second", [None, "engine_unavailable"])
def test_second_rewording_that_is_wrong_or_does_not_come_leaves_the_rules_sentences(second):
    report, feedback = feedback_and_report()
    lying = {**own_words(facts_of(report, feedback)), "focus": "End it after 7 words, in silence."}
    asked = []

    def ask(request):
        asked.append(request)
        if second and len(asked) > 1:
            raise LanguageModelError(second, permanent=False, detail="down")
        return answer_of(lying)

    done = reword(report, feedback, ask)
    assert (done.rewording.outcome, len(asked)) == ("rejected", 2)
    assert done.to_json()["focus"] == feedback.focus.text


@pytest.mark.parametrize("code", ["engine_unavailable", "engine_resting", "bad_answer"])
def test_model_that_does_not_answer_leaves_the_rules_sentences(code):
    report, feedback = feedback_and_report()

    def ask(_):
        raise LanguageModelError(code, permanent=False, detail="down")

    done = reword(report, feedback, ask)
    assert (done.rewording.outcome, done.rewording.reason) == ("unavailable", code)
    assert replace(done, rewording=None) == feedback


def test_recording_without_advice_asks_nobody():
    report = report_of(["Hello there."])
    feedback = engine.feedback(report)
    assert feedback.focus is None

    def ask(_):
        raise AssertionError("asked")

    assert reword(report, feedback, ask) is feedback


def test_feedback_of_before_there_was_rewording_stays_readable():
    _, feedback = feedback_and_report()
    stored = feedback.to_json()
    del stored["rewording"]
    for message in stored["messages"].values():
        del message["text"]
    assert Feedback.from_json(stored) == feedback


def test_level_says_how_far_the_measure_lies_from_its_range():
    near = report_of([CLEAN] * 14, second_a_word=0.33)
    far = report_of([CLEAN] * 14, second_a_word=0.15)
    levels = [facts_of(report, engine.feedback(report)).level for report in (near, far)]
    assert levels == ["near", "far"]


def test_prompts_are_files_that_never_change_under_their_version():
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.iterdir()}
    assert found == PROMPTS
    assert all(first < second for first, second in itertools.pairwise(PROMPTS))
