"""What each measure is called on the pages, how its number is said, and which way is better."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from speech_sessions.presentation.wording import duration, number
from speech_sessions.selectors.history import COLUMNS

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Measure:
    """How a measure of a report is shown. `factor` turns its number into the shown unit.

    `name` is the report's; `column` is where reports keep it, empty where it is not charted.
    """

    name: str
    label: Text
    unit: Text
    meaning: Text
    short_unit: Text = ""
    decimals: int = 1
    factor: float = 1
    lower_is_better: bool | None = None
    tone: str = "ink"
    write: Callable[[float | None], str] | None = None

    @property
    def column(self) -> str:
        """The column of SpeechReport that holds it."""
        return COLUMNS.get(self.name, "")

    @property
    def is_share(self) -> bool:
        """Whether the number lies between 0 and 1."""
        return self.factor == 100

    @property
    def unit_in_rows(self) -> Text:
        """The unit where there is little room."""
        return self.short_unit or self.unit

    def shown(self, value: float | None) -> float | None:
        """The number in the shown unit."""
        return None if value is None else round(value * self.factor, 3)

    def figure(self, value: float | None) -> str:
        """The number as it is written, without its unit."""
        return self.write(value) if self.write else number(self.shown(value), self.decimals)

    def said(self, value: float | None) -> str:
        """The number with its unit."""
        return self.figure(value) if value is None else f"{self.figure(value)} {self.unit}".strip()


_A_MINUTE = _("a minute")
_ALL = (
    Measure("duration", _("Length"), "", _("The whole recording."), write=duration),
    Measure(
        "speaking_time",
        _("Talk"),
        "",
        _("From your first sound to your last, pauses included."),
        write=duration,
    ),
    Measure(
        "words",
        _("Words"),
        "",
        _("Everything you said, ums and uhs left out."),
        decimals=0,
    ),
    Measure(
        "syllables",
        _("Syllables"),
        "",
        _("What the rates of speech are counted in."),
        decimals=0,
    ),
    Measure(
        "speech_rate",
        _("Pace"),
        _("words a minute"),
        _("Words without ums and uhs, over the talk with its pauses."),
        short_unit=_("wpm"),
        decimals=0,
    ),
    Measure(
        "articulation_rate",
        _("Articulation"),
        _("syllables a second"),
        _("How fast you speak while you speak: pauses are left out."),
    ),
    Measure(
        "local_pace",
        _("Pace of ten seconds"),
        _("words a minute"),
        _("The middle one of all stretches of ten seconds. To hear: where it rushed or dragged."),
        short_unit=_("wpm"),
        decimals=0,
    ),
    Measure(
        "pace_variability",
        _("Change of pace"),
        _("% of its mean"),
        _("How much the pace moves. Some movement keeps listeners with you."),
        short_unit="%",
        decimals=0,
        factor=100,
    ),
    Measure(
        "fillers",
        _("Fillers"),
        _A_MINUTE,
        _("Ums, uhs and the empty phrases that are surely empty."),
        lower_is_better=True,
        tone="filler",
    ),
    Measure(
        "filler_count", _("Fillers in all"), "", _("The same, counted."), decimals=0, tone="filler"
    ),
    Measure(
        "filled_pauses",
        _("Ums and uhs"),
        _A_MINUTE,
        _("Filled pauses. Up to five a minute do no harm."),
        lower_is_better=True,
        tone="filler",
    ),
    Measure("filled_pause_count", _("Ums and uhs in all"), "", _("The same, counted."), decimals=0),
    Measure(
        "lexical_fillers",
        _("Empty phrases"),
        _A_MINUTE,
        _("Words such as “like” or “you know” where they carry no meaning."),
        lower_is_better=True,
        tone="filler",
    ),
    Measure(
        "lexical_filler_count", _("Empty phrases in all"), "", _("The same, counted."), decimals=0
    ),
    Measure(
        "repetitions",
        _("Repetitions"),
        _("per 100 words"),
        _("Words said twice in a row where once was meant."),
        lower_is_better=True,
    ),
    Measure(
        "pauses",
        _("Number of pauses"),
        _A_MINUTE,
        _("Silences of a quarter of a second or more."),
        tone="pause",
    ),
    Measure(
        "mean_pause",
        _("Length of a pause"),
        _("s"),
        _("The mean of all your pauses."),
        decimals=2,
        tone="pause",
    ),
    Measure(
        "long_pauses",
        _("Long pauses"),
        _("of a second or more"),
        _("Silences that everybody notices. After a thought they are welcome."),
        decimals=0,
        tone="pause",
    ),
    Measure(
        "pause_share",
        _("Pauses"),
        _("% of the talk"),
        _("How much of the talk is silence."),
        short_unit="%",
        decimals=0,
        factor=100,
        tone="pause",
    ),
    Measure(
        "mid_clause_share",
        _("Pauses inside clauses"),
        _("% of pauses"),
        _("Pauses where the thought was not finished. The fewer, the more fluent it sounds."),
        short_unit="%",
        decimals=0,
        factor=100,
        lower_is_better=True,
        tone="pause",
    ),
    Measure(
        "phonation_ratio",
        _("Time speaking"),
        _("% of the talk"),
        _("How much of the talk is voice; the rest is pauses."),
        short_unit="%",
        decimals=0,
        factor=100,
    ),
    Measure(
        "mean_length_of_run",
        _("Length of a run"),
        _("syllables"),
        _("How many syllables come between two pauses."),
    ),
    Measure(
        "longest_monologue",
        _("Longest monologue"),
        _("s"),
        _("The longest you speak without a pause of two seconds, in which others could come in."),
        decimals=0,
    ),
    Measure(
        "pitch_variation",
        _("Melody"),
        _("semitones"),
        _("How far the pitch moves around its middle. Under 2 sounds flat, over 3 lively."),
    ),
    Measure(
        "loudness_variation",
        _("Change of loudness"),
        _("dB"),
        _("How far the loudness of the voice moves."),
    ),
    Measure(
        "final_rises",
        _("Rising ends"),
        _("% of sentences"),
        _("Sentences whose pitch rises at the end, as in a question. Neither good nor bad."),
        short_unit="%",
        decimals=0,
        factor=100,
    ),
    Measure(
        "trailing_off",
        _("Trailing off"),
        _("% of sentences"),
        _("Sentences whose end is much softer than the rest, so that listeners may lose it."),
        short_unit="%",
        decimals=0,
        factor=100,
        lower_is_better=True,
    ),
    Measure(
        "diversity",
        _("Variety of words"),
        _("words"),
        _("How many words it takes until they repeat too often (MTLD). Needs 100 words."),
        decimals=0,
    ),
    Measure(
        "moving_ratio",
        _("Different words"),
        _("% of any 50"),
        _("How many of fifty words in a row are different ones (MATTR). Needs 100 words."),
        short_unit="%",
        decimals=0,
        factor=100,
    ),
    Measure(
        "sentence_length",
        _("Length of a sentence"),
        _("words"),
        _("The middle one of all sentences. To hear: those more than twice as long."),
        decimals=0,
    ),
    Measure(
        "questions",
        _("Questions"),
        "",
        _("Sentences that end in a question mark. A question wakes listeners up."),
        decimals=0,
    ),
    Measure(
        "hedges",
        _("Hedges"),
        _("per 100 words"),
        _("Words such as “maybe” or “sort of”, which make a claim smaller."),
    ),
    Measure(
        "weak_words",
        _("Weak words"),
        _("per 100 words"),
        _("Words such as “very”, “really” or “things”, which a plainer word often replaces."),
        lower_is_better=True,
    ),
    Measure(
        "conciseness",
        _("Words with content"),
        _("a minute"),
        _("Words that carry meaning rather than grammar, over the talk with its pauses."),
        decimals=0,
    ),
    Measure(
        "false_starts",
        _("False starts"),
        _("per 100 words"),
        _("Words or phrases broken off and begun anew."),
        lower_is_better=True,
    ),
    Measure(
        "reading_accuracy",
        _("Read as written"),
        _("% of the text"),
        _("Words of the text less those read as others, left out or added."),
        short_unit="%",
        decimals=0,
        factor=100,
        lower_is_better=False,
    ),
    Measure(
        "reading_completeness",
        _("Read at all"),
        _("% of the text"),
        _("Words of the text that were not left out."),
        short_unit="%",
        decimals=0,
        factor=100,
        lower_is_better=False,
    ),
)
_BY_NAME = {measure.name: measure for measure in _ALL}


def measure_called(name: str, unit: str = "") -> Measure:
    """The measure called `name`; one that the pages do not know yet is shown as it stands."""
    return _BY_NAME.get(name) or Measure(name, name.replace("_", " ").capitalize(), unit, "")
