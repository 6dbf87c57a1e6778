"""Names of languages and their BCP 47 codes: `Spanish`, `español` and `es` are one language."""

import re
from functools import cache

from django.conf.locale import LANG_INFO
from django.db.models import Q

LONGEST = 35

# What people call languages that Django names otherwise, or not at all.
_ALSO = {
    "bokmål": "nb",
    "brazilian": "pt-BR",
    "cantonese": "yue",
    "castilian": "es",
    "chinese": "zh",
    "farsi": "fa",
    "filipino": "fil",
    "flemish": "nl-BE",
    "gaelic": "gd",
    "hawaiian": "haw",
    "hausa": "ha",
    "kurdish": "ku",
    "lao": "lo",
    "latin": "la",
    "maltese": "mt",
    "mandarin": "zh",
    "mandarin chinese": "zh",
    "maori": "mi",
    "moldovan": "ro",
    "norsk": "no",
    "pashto": "ps",
    "português do brasil": "pt-BR",
    "quechua": "qu",
    "sinhala": "si",
    "slovene": "sl",
    "somali": "so",
    "tagalog": "tl",
    "tibetan": "bo",
    "yiddish": "yi",
    "yoruba": "yo",
    "zulu": "zu",
    "中文": "zh",
    "汉语": "zh",
    "普通话": "zh",
    "粵語": "yue",
    "čeština": "cs",
    "slovenčina": "sk",
    "euskara": "eu",
}
_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-[a-z0-9]{5,8})*", re.ASCII)


def code_of(language: str) -> str:
    """The BCP 47 code of a language as somebody wrote it: by its name or by the code itself.

    An unknown name comes back in lower case, so that it too names one language only.
    """
    plain = " ".join(language.split()).casefold()
    known = _codes_by_name().get(plain)
    if known:
        return known
    tag = plain.replace("_", "-")
    return canonical(tag) if _TAG.fullmatch(tag) else plain[:LONGEST]


def canonical(tag: str) -> str:
    """A language tag in the letters that BCP 47 recommends: `pt-br` is `pt-BR`."""
    language, *rest = tag.lower().split("-")
    letters = {2: str.upper, 4: str.title}
    return "-".join([language, *(letters.get(len(part), str)(part) for part in rest)])


@cache
def _codes_by_name() -> dict[str, str]:
    names = dict(_ALSO)
    for code, info in LANG_INFO.items():
        for key in ("name", "name_local"):
            if key in info:
                # The plain code stands before its regions and scripts, and keeps a shared name.
                names.setdefault(info[key].casefold(), canonical(code))
    return names


def name_of(language: str) -> str:
    """What to call a language on a page: a code by its name, a name as it was written."""
    return dict(choices()).get(canonical(language), language)


def spoken_in(column: str, code: str) -> Q:
    """Rows whose `column` holds the language `code` or a kind of it: `en` finds `en-GB`."""
    return Q(**{column: code}) | Q(**{f"{column}__startswith": f"{code}-"})


@cache
def choices() -> list[tuple[str, str]]:
    """The languages that can be named, by code, each by its own name, in alphabetical order."""
    named = (
        (canonical(code), info["name_local"][:1].upper() + info["name_local"][1:])
        for code, info in LANG_INFO.items()
        if "name_local" in info
    )
    return sorted(named, key=lambda choice: choice[1].casefold())
