"""The facts of a finished talk in words, in the language of who reads them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conversations.level_estimate import FEWEST_TURNS, FEWEST_WORDS
from conversations.models import TalkReview, TutorSession
from conversations.situations import OWN, known, situation_of

Facts = Mapping[str, Any]


def summary(checks: Sequence[Mapping[str, Any]], facts: Facts) -> list[str]:
    """How it went, in two sentences; one where nothing was said."""
    first = _what_was_done(checks, facts)
    return [first, _how_it_was_said(facts)] if facts["turns"] else [first]


def _what_was_done(checks: Sequence[Mapping[str, Any]], facts: Facts) -> str:
    met = sum(check["met"] for check in checks)
    if not facts["turns"]:
        return _("Nothing was said this time. It waits for another day.")
    if checks and met == len(checks):
        return _("You did all of what you came for.")
    if met:
        return ngettext(
            "You did %(met)d of %(all)d things you came for.",
            "You did %(met)d of %(all)d things you came for.",
            len(checks),
        ) % {"met": met, "all": len(checks)}
    return ngettext(
        "You kept talking for %(turns)d turn.",
        "You kept talking for %(turns)d turns.",
        facts["turns"],
    ) % {"turns": facts["turns"]}


def _how_it_was_said(facts: Facts) -> str:
    groups = facts["corrections"]
    times = sum(group["times"] for group in groups)
    if groups and groups[0]["times"] > 1:
        again = groups[0]
        return _("What came back most, %(times)d times: “%(said)s” for “%(better)s”.") % {
            "times": again["times"],
            "said": again["examples"][0]["said"],
            "better": again["examples"][0]["better"],
        }
    if times:
        return ngettext(
            "%(times)d thing in your %(words)d words could be said better.",
            "%(times)d things in your %(words)d words could be said better.",
            times,
        ) % {"times": times, "words": facts["words"]}
    return ngettext(
        "Nothing in your %(words)d word was corrected.",
        "Nothing in your %(words)d words was corrected.",
        facts["words"],
    ) % {"words": facts["words"]}


def level(facts: Facts) -> dict[str, Any] | None:
    """`estimate`, such as A1 to A2, empty where there is none, and `reasons`; None before."""
    found = facts.get("level")
    if found is None:
        return None
    low, high = found["low"], found["high"]
    estimate = low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
    return {
        "estimate": estimate,
        "low": low,
        "high": high,
        "reasons": [_reason(each) for each in found["reasons"]],
    }


def _reason(reason: Mapping[str, Any]) -> str:
    sentences = {
        "no_level": _("What was talked about has no level of its own to hold the talk against."),
        "too_little": _(
            "Too early to say: it needs %(words)d words of yours in %(turns)d turns at least."
        ),
        "done": _(
            "You got %(met)d of %(checks)d things done in a situation of level %(level)s; it can "
            "show no more than that."
        ),
        "short_turns": _(
            "Your turns have %(words)s words on average; turns as short as that show A2 at most."
        ),
        "long_pauses": _(
            "%(rate)s pauses a minute last a second or more; from B2 on there are few of them."
        ),
        "corrections": _("%(rate)s of 100 words were corrected, which is a lot."),
    }
    known_values = {"words": FEWEST_WORDS, "turns": FEWEST_TURNS}
    return sentences[reason["code"]] % {**known_values, **reason}


def next_topics(session: TutorSession, facts: Facts) -> list[dict[str, Any]]:
    """What to talk about next: `slug`, `title`, `level` and `why` of each that there still is."""
    found = []
    for each in facts["next"]:
        own = each["slug"].startswith(OWN)
        situation = situation_of(session) if own else known(each["slug"])
        if situation is not None:
            found.append(
                {
                    "slug": each["slug"],
                    "title": situation.title,
                    "level": situation.level,
                    "why": _why(each, situation.level),
                }
            )
    return found


def _why(each: Mapping[str, Any], level_of_it: str) -> str:
    if each["reason"] == "open":
        return ngettext(
            "%(count)d thing is still open here.",
            "%(count)d things are still open here.",
            len(each["checks"]),
        ) % {"count": len(each["checks"])}
    if each["reason"] == "above":
        return _("You did all of this one; this is a step up, to %(level)s.") % {
            "level": level_of_it
        }
    return _("New to you, at %(level)s.") % {"level": level_of_it}


def missing(facts: Facts) -> str:
    """Why nothing was measured; empty where something was, or it is still worked on."""
    code = facts.get("fluency", {}).get("missing", "")
    sentences = {
        "not_spoken": _("You wrote your turns, so there is nothing to hear in them."),
        "no_speech": _("No speech was found in the sound of your turns."),
        "elsewhere": _(
            "Recordings are measured by another service than those that took part in this talk, so "
            "it was not sent there."
        ),
        "engine": _("The engine that measures did not answer. What you said is kept."),
    }
    return sentences.get(code, "")


def measures(facts: Facts) -> list[dict[str, Any]]:
    """What was measured, with the reasons in the language of who reads them."""
    return [
        {
            **each,
            "band": each["band"] and {**each["band"], "source": _(each["band"]["source"])},
            "reliability": {
                **each["reliability"],
                "reason": _(each["reliability"]["reason"]),
            },
        }
        for each in facts.get("fluency", {}).get("measures", ())
    ]


def review_state(
    session: TutorSession, checks: Sequence[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """What a talk came to, as everybody is told; None while it goes on, and for old ones."""
    review: TalkReview | None = getattr(session, "review", None)
    if review is None:
        return None
    facts = review.facts
    return {
        "state": "done" if review.due_at is None else "measuring",
        "turns_to_measure": review.turns_to_measure,
        "turns_measured": review.turns_measured,
        "summary": summary(checks, facts),
        "turns": facts["turns"],
        "words": facts["words"],
        "seconds_spoken": facts["seconds_spoken"],
        "corrections": facts["corrections"],
        "new_words": facts["new_words"],
        "fluency": measures(facts),
        "not_measured": missing(facts),
        "level": level(facts),
        "next_topics": next_topics(session, facts),
    }


def feedback(session: TutorSession, checks: Sequence[Facts], facts: Facts) -> dict[str, Any]:
    """What the stored conversation tells of the talk; keys without content left out."""
    found: dict[str, Any] = {
        "conversation_flow": " ".join(summary(checks, facts)),
        "corrections": facts["corrections"],
        "areas_for_improvement": [
            _("“%(said)s”: %(better)s. %(why)s") % group["examples"][0]
            for group in facts["corrections"][:3]
        ],
        "suggested_next_topics": [each["title"] for each in next_topics(session, facts)],
        "checks": list(checks),
        "new_words": facts["new_words"],
        "turns": facts["turns"],
        "seconds_spoken": facts["seconds_spoken"],
        "fluency": facts.get("fluency", {}).get("measures"),
        "level_estimate": level(facts),
    }
    return {key: value for key, value in found.items() if value}
