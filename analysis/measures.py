"""The numbers: each formula's value with its unit, band, reliability and evidence."""

from collections.abc import Sequence

from analysis import bands, pace, pauses, reliability, vocabulary, voice, word_measures
from analysis.findings import Found
from analysis.languages import bare_word
from analysis.messages import say
from analysis.reliability import Evidence
from analysis.report import Measure, Reliability
from analysis.timeline import Span, total
from analysis.word_measures import Values

# A change of formula makes a new version; values of different versions are never compared.
FORMULA_VERSION = 4
SHORTEST_TALK = 15.0
FEWEST_WORDS = 30

UNITS = {
    "duration": "s",
    "speaking_time": "s",
    "words": "words",
    "syllables": "syllables",
    "speech_rate": "words/min",
    "articulation_rate": "syllables/s",
    "local_pace": "words/min",
    "pace_variability": "ratio",
    "filled_pauses": "per min",
    "filled_pause_count": "count",
    "lexical_fillers": "per min",
    "lexical_filler_count": "count",
    "fillers": "per min",
    "filler_count": "count",
    "repetitions": "per 100 words",
    "pauses": "per min",
    "mean_pause": "s",
    "long_pauses": "count",
    "pause_share": "ratio",
    "mid_clause_share": "ratio",
    "phonation_ratio": "ratio",
    "mean_length_of_run": "syllables",
    "longest_monologue": "s",
    "diversity": "words",
    "moving_ratio": "ratio",
    **voice.UNITS,
    **word_measures.UNITS,
}
_PAUSES = (
    "pauses",
    "mean_pause",
    "long_pauses",
    "pause_share",
    "mid_clause_share",
    "phonation_ratio",
    "mean_length_of_run",
    "longest_monologue",
)
_TOO_LITTLE = {**pace.TOO_LITTLE, **pauses.TOO_LITTLE, **voice.TOO_LITTLE}


def measures(found: Found, seen: Evidence, kind: str) -> tuple[Measure, ...]:
    """Every measure, in the order they are read: time, pace, fillers, pauses, voice, words."""
    values: Values = {
        "duration": (found.duration or None, ()),
        "speaking_time": (found.talk.length if found.talk else None, ()),
        "words": (len(found.spoken), ()),
        "syllables": (found.syllables, ()),
        **_pace(found),
        **_fillers(found),
        **_pauses(found),
        **voice.values(found.voice),
        **_vocabulary(found),
        **word_measures.word_values(found),
    }
    too_little = (
        found.talk is None or found.talk.length < SHORTEST_TALK or len(found.spoken) < FEWEST_WORDS
    )
    return tuple(
        _measure(name, value, evidence, found, seen, kind, too_little=too_little)
        for name, (value, evidence) in values.items()
    )


def _measure(
    name: str,
    value: float | None,
    evidence: Sequence[Span],
    found: Found,
    seen: Evidence,
    kind: str,
    *,
    too_little: bool,
) -> Measure:
    trust = reliability.of(name, seen)
    if too_little and name not in reliability.COUNTS:
        value, trust = None, Reliability("low", say("too_little").text)
    elif reliability.hides(name, seen):
        value = None
    elif value is None and name in vocabulary.TOO_LITTLE:
        trust = Reliability("low", vocabulary.TOO_LITTLE[name])
    elif value is None and seen.heard and name in _TOO_LITTLE:
        trust = Reliability("low", _TOO_LITTLE[name])
    rounded = None if value is None else round(value, 3)
    return Measure(
        name=name,
        value=rounded,
        unit=UNITS[name],
        band=bands.band(name, rounded, found.rules.code, kind),
        reliability=trust,
        evidence=tuple(Span(*span).rounded for span in evidence),
        formula_version=FORMULA_VERSION,
    )


def _pace(found: Found) -> Values:
    if found.talk is None:
        names = ("speech_rate", "articulation_rate", "local_pace", "pace_variability")
        return dict.fromkeys(names, (None, ()))
    silence = total(pause.span for pause in found.pauses)
    paces = sorted(rate for _, rate in found.local_pace)
    fast, slow = pace.lasting_stretches(found.local_pace)
    articulation = pace.articulation_rate(found.syllables, found.talk, silence)
    return {
        "speech_rate": (pace.speech_rate(len(found.spoken), found.talk), ()),
        "articulation_rate": (articulation if found.heard else None, ()),
        "local_pace": (paces[len(paces) // 2] if paces else None, sorted(fast + slow)),
        "pace_variability": (pace.variability(found.local_pace), ()),
    }


def _fillers(found: Found) -> Values:
    minutes = found.talk.length / 60 if found.talk else 0.0
    groups = {
        "filled_pause": found.sure("filled_pause"),
        "lexical_filler": found.sure("lexical_filler"),
        "filler": found.sure("filled_pause", "lexical_filler"),
    }
    values: Values = {}
    for name, fillers in groups.items():
        evidence = found.spans([(filler.first_word, filler.last_word) for filler in fillers])
        values[f"{name}s"] = (len(fillers) / minutes if minutes else None, evidence)
        values[f"{name}_count"] = (len(fillers), evidence)
    extra = sum(repetition.extra for repetition in found.repetitions)
    values["repetitions"] = (
        found.per_hundred(extra),
        found.spans([(again.first_word, again.last_word) for again in found.repetitions]),
    )
    return values


def _pauses(found: Found) -> Values:
    if found.talk is None or not found.heard:
        return dict.fromkeys(_PAUSES, (None, ()))
    spans = [pause.span for pause in found.pauses]
    silence = total(spans)
    long = [span for span in spans if span.length >= pauses.LONG]
    placed = [pause for pause in found.pauses if pause.mid_clause is not None]
    inside = [pause.span for pause in placed if pause.mid_clause]
    length = found.talk.length
    monologue = pauses.longest_monologue(found.pauses, found.talk)
    return {
        "pauses": (60 * len(spans) / length, spans),
        "mean_pause": (silence / len(spans) if spans else None, spans),
        "long_pauses": (len(long), long),
        "pause_share": (silence / length, long),
        "mid_clause_share": (len(inside) / len(placed) if placed else None, inside),
        "phonation_ratio": ((length - silence) / length, ()),
        "mean_length_of_run": (found.syllables / (len(spans) + 1), ()),
        "longest_monologue": (monologue.length, [monologue]),
    }


def _vocabulary(found: Found) -> Values:
    words = [bare for word in found.spoken if (bare := bare_word(word.text))]
    return {
        "diversity": (vocabulary.mtld(words), ()),
        "moving_ratio": (vocabulary.moving_ratio(words), ()),
    }
