"""Advice in a language model's words, where they say what the rules say and nothing more.

The rules choose what is said and hold every number; a model may only word it for the situation. Its
answer is checked (`checking`), and whatever is wrong with it, the rules' own sentences stay.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

from analysis.report import Feedback, Report, Rewording
from analysis.rewording.checking import problem_of
from analysis.rewording.facts import Facts, facts_of
from analysis.rewording.prompts import FEEDBACK, prompt
from engines.language_models import Answer, LanguageModelError, Message, Request

__all__ = ["request_for", "reword"]

Ask = Callable[[Request], Answer]


def reword(report: Report, feedback: Feedback, ask: Ask, said: Sequence[str] = ()) -> Feedback:
    """The feedback with a record of its rewording, and its sentences where they may be shown.

    `ask` brings a request to a language model and raises LanguageModelError. `said`: the sentences
    of one's last report. Feedback that advises nothing comes back as it is, and nothing is asked.
    """
    facts = facts_of(report, feedback)
    if facts is None:
        return feedback
    try:
        answer = ask(request_for(facts))
    except LanguageModelError as error:
        return replace(feedback, rewording=Rewording(FEEDBACK, "unavailable", error.code))
    problem = problem_of(answer.data, facts, said)
    done = Rewording(
        prompt=FEEDBACK,
        outcome="rejected" if problem else "used",
        reason=problem or "",
        provider=answer.provider,
        model=answer.model,
        host=answer.host,
        leaves_machine=answer.leaves_machine,
        seconds=answer.seconds,
        input_tokens=answer.input_tokens,
        output_tokens=answer.output_tokens,
        passed_over=tuple(f"{one.name}: {one.code}" for one in answer.passed_over),
        sentences={} if problem else {name: answer.data[name].strip() for name in facts.sentences},
    )
    return replace(feedback, rewording=done)


def request_for(facts: Facts) -> Request:
    """What a language model is asked: the prompt, and the facts as JSON."""
    return Request(
        system=prompt(FEEDBACK),
        messages=(Message("user", json.dumps(facts.to_json(), ensure_ascii=False)),),
        schema=facts.schema(),
        name="feedback",
    )
