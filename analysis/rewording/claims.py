"""What a reworded sentence may not say: anything the sentences it was made from do not."""

import re
from collections.abc import Sequence

from analysis.languages import language, supported

# What is measured, by the words that speak of it: it may be named only where the rules name it.
MEASURED = {
    "pitch": r"pitch\w*|melod\w*|monoton\w*|intonation|tones?|flat\w*|lively|inflection\w*",
    "loudness": r"loud\w*|quiet\w*|volume|projec\w*|trail\w*|fade[sd]?|fading|audible",
    "silence": r"silen\w*|paus\w*|breath\w*|beats?|stops?|wait\w*|gaps?|empty",
    "fillers": r"fillers?|filled|ums?|uhs?|erm?s?|hesita\w*",
    "pace": r"pace[sd]?|pacing|fast\w*|slow\w*|speed\w*|rush\w*|quick\w*|hurr\w*|tempo|wpm|rate",
    "repetition": r"repeat\w*|repetit\w*",
    "hedging": r"hedg\w*|maybe|perhaps|sort of|kind of|vague\w*",
    "reading": r"read\w*|script\w*|as written",
}
# What is never measured.
UNMEASURED = {
    "voice quality": r"accent\w*|pronounc\w*|pronunciation\w*|enunciat\w*|mumbl\w*|diction"
    r"|articula\w*|nasal\w*|hoarse\w*|shak[ey]\w*|trembl\w*|clarity",
    "language": r"gramma\w*|vocabular\w*|native|fluen\w*",
    "the person": r"confiden\w*|nerv\w*|anxi\w*|shy\w*|charism\w*|personal\w*|intelligen\w*"
    r"|clever\w*|smart\w*|authorit\w*|credib\w*|natural talent|gifted|boring|bored",
    "the body": r"eye contact|gestur\w*|postur\w*|body language|smil\w*|hands?|health\w*|stutter\w*"
    r"|stammer\w*|disorder\w*|diagnos\w*|therap\w*",
    "how it was before": r"improv\w*|progress\w*|better than|worse than|than before|than last"
    r"|since last|last time|previous\w*|earlier recordings?|used to|no longer|getting better"
    r"|on average|average|median|best yet",
    "other people": r"(?:most|all|many|few|some) (?:people|listeners|speakers|audiences|readers"
    r"|interviewers)|everyone|everybody",
    "a mark": r"scor(?:e[sd]?|ing)|grade[sd]?|ratings?|percentiles?|ranked|CEFR|excellent"
    r"|perfect\w*",
    "what will come": r"guarante\w*|promis\w*|proven|studies|research\w*|scientists?|experts?",
}
_TOPICS = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {**MEASURED, **UNMEASURED}.items()
}
_QUOTED = re.compile(r"[“\"]([^”\"]*)[”\"]")
_OTHER_QUOTES = re.compile(r"(?<!\w)[‘'](?=\w)")
_WRITABLE = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ0-9 .,;:?'’“”\"()%–—…/-]+")
_LINK = re.compile(r"https?:|www\.|\w\.(?:com|org|net)\b", re.IGNORECASE)
_OVER = r"above|over|beyond|more than|at least|exceed\w*|past|upwards of|or more"
_UNDER = r"below|under|beneath|less than|fewer than|at most|up to|within|or fewer|or less|short of"
_WORD = re.compile(r"[^\W\d_]+")
FEWEST_WORDS_TO_TELL = 6
ENGLISH_SHARE = 0.2


def unknown_topic(text: str, source: str) -> str | None:
    """What `text` speaks of though `source` does not; None where there is nothing."""
    return next(
        (
            name
            for name, pattern in _TOPICS.items()
            if pattern.search(text) and not pattern.search(source)
        ),
        None,
    )


def unknown_quote(text: str, source: str) -> str | None:
    """What `text` puts in quotation marks though `source` does not hold it."""
    known = {quote.lower() for quote in _QUOTED.findall(source)}
    for quote in _QUOTED.findall(text):
        if quote.lower().strip(" .,;:?") not in known:
            return str(quote)
    other = _OTHER_QUOTES.search(text)
    return text[other.start() :] if other else None


def unwritable(text: str) -> bool:
    """Whether it holds more than plain sentences do: marks of other scripts, links, line breaks."""
    return not _WRITABLE.fullmatch(text) or bool(_LINK.search(text))


def turned_round(before: str, source_before: Sequence[str]) -> bool:
    """Whether a number stands on the other side of a limit.

    `before`: the words before the number; `source_before`: those before it in the source.
    """
    side = _side(before)
    known = {_side(words) for words in source_before}
    return side is not None and side not in known and bool(known - {None})


def is_english(text: str) -> bool:
    """Whether its small words are English; True where there are too few to tell."""
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < FEWEST_WORDS_TO_TELL:
        return True
    hits = {
        code: sum(word in language(code).function_words for word in words) for code in supported()
    }
    english = hits.pop("en")
    return english >= ENGLISH_SHARE * len(words) and english >= max(hits.values())


def _side(words: str) -> str | None:
    last = " ".join(words.split()[-4:])
    sides = {
        "over": list(re.finditer(rf"\b(?:{_OVER})\b", last, re.IGNORECASE)),
        "under": list(re.finditer(rf"\b(?:{_UNDER})\b", last, re.IGNORECASE)),
    }
    nearest = max(
        ((hits[-1].end(), side) for side, hits in sides.items() if hits), default=(0, None)
    )
    return nearest[1]
