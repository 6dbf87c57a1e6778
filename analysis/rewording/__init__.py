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
from analysis.rewording.prompts import FEEDBACK, FEEDBACK_AGAIN, prompt
from engines.language_models import Answer, LanguageModelError, Message, Request

__all__ = ["request_for", "reword"]

Ask = Callable[[Request], Answer]
# A second one, told what was wrong with the first; then the rules' own sentences stay.
ANSWERS = 2


def reword(report: Report, feedback: Feedback, ask: Ask, said: Sequence[str] = ()) -> Feedback:
    """The feedback with a record of its rewording, and its sentences where they may be shown.

    `ask` brings a request to a language model and raises LanguageModelError. `said`: the sentences
    of one's last report. Feedback that advises nothing comes back as it is, and nothing is asked.
    """
    facts = facts_of(report, feedback)
    if facts is None:
        return feedback
    answers: list[Answer] = []
    problem: str | None = None
    request = request_for(facts)
    while len(answers) < ANSWERS:
        try:
            answers.append(ask(request))
        except LanguageModelError as error:
            if not answers:
                return replace(feedback, rewording=Rewording(FEEDBACK, "unavailable", error.code))
            break
        problem = problem_of(answers[-1].data, facts, said)
        if problem is None:
            break
        request = _again(request, answers[-1], problem)
    return replace(feedback, rewording=_record(answers, facts, problem))


def _again(request: Request, answer: Answer, problem: str) -> Request:
    """The request with the answer it got and what was wrong with it."""
    wrong = Message("assistant", json.dumps(answer.data, ensure_ascii=False))
    asked = Message("user", prompt(FEEDBACK_AGAIN).replace("PROBLEM", problem))
    return replace(request, messages=(*request.messages, wrong, asked))


def _record(answers: Sequence[Answer], facts: Facts, problem: str | None) -> Rewording:
    last = answers[-1]
    return Rewording(
        prompt=FEEDBACK,
        outcome="rejected" if problem else "used",
        reason=problem or "",
        provider=last.provider,
        model=last.model,
        host=last.host,
        leaves_machine=any(answer.leaves_machine for answer in answers),
        answers=len(answers),
        seconds=round(sum(answer.seconds for answer in answers), 3),
        input_tokens=_total([answer.input_tokens for answer in answers]),
        output_tokens=_total([answer.output_tokens for answer in answers]),
        passed_over=tuple(
            f"{one.name}: {one.code}" for answer in answers for one in answer.passed_over
        ),
        sentences={} if problem else {name: last.data[name].strip() for name in facts.sentences},
    )


def _total(counts: Sequence[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def request_for(facts: Facts) -> Request:
    """What a language model is asked: the prompt, and the facts as JSON."""
    return Request(
        system=prompt(FEEDBACK),
        messages=(Message("user", json.dumps(facts.to_json(), ensure_ascii=False)),),
        schema=facts.schema(),
        name="feedback",
    )
