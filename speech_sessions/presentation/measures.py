"""What each measure is called on the pages, how its number is said, and which way is better."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Measure:
    """How one measure of a report is shown. `factor` turns its number into the shown unit."""

    name: str
    label: Text
    unit: Text
    meaning: Text
    short_unit: Text = ""
    decimals: int = 1
    factor: float = 1
    lower_is_better: bool | None = None
    tone: str = "ink"

    @property
    def is_share(self) -> bool:
        """Whether the number lies between 0 and 1."""
        return self.factor == 100

    @property
    def band_decimals(self) -> int:
        """Limits of bands are round numbers, but for small ones."""
        return 2 if self.decimals > 1 else 0

    @property
    def unit_in_rows(self) -> Text:
        """The unit where there is little room."""
        return self.short_unit or self.unit


_ALL = (
    Measure(
        "speech_rate",
        _("Pace"),
        _("words a minute"),
        _("Words without fillers, over the time from your first sound to your last."),
        short_unit=_("wpm"),
        decimals=0,
        tone="ink",
    ),
    Measure(
        "articulation_rate",
        _("Articulation"),
        _("syllables a second"),
        _("How fast you speak while you speak: syllables over the time without pauses."),
    ),
    Measure(
        "pace_variability",
        _("Change of pace"),
        _("of the mean"),
        _("How much the pace of ten-second stretches varies. Some change keeps listeners awake."),
        decimals=2,
    ),
    Measure(
        "fillers_per_minute",
        _("Fillers"),
        _("a minute"),
        _("Ums and uhs, and empty phrases that are surely empty."),
        lower_is_better=True,
        tone="filler",
    ),
    Measure(
        "filled_pauses_per_minute",
        _("Ums and uhs"),
        _("a minute"),
        _("Filled pauses. Up to five a minute do no harm."),
        lower_is_better=True,
        tone="filler",
    ),
    Measure(
        "lexical_fillers_per_minute",
        _("Empty phrases"),
        _("a minute"),
        _("Words such as like, you know or basically where they carry no meaning."),
        lower_is_better=True,
        tone="filler",
    ),
    Measure(
        "pauses_per_minute",
        _("Pauses"),
        _("a minute"),
        _("Silences of a quarter of a second or more."),
        tone="pause",
    ),
    Measure(
        "mean_pause",
        _("Length of a pause"),
        _("seconds"),
        _("The mean length of your pauses."),
        short_unit=_("s"),
        decimals=2,
        tone="pause",
    ),
    Measure(
        "long_pauses",
        _("Long pauses"),
        _("of a second or more"),
        _("Silences that everybody notices. At the end of a thought they are welcome."),
        decimals=0,
        tone="pause",
    ),
    Measure(
        "mid_clause_share",
        _("Pauses inside clauses"),
        _("% of pauses"),
        _("Pauses where the sentence was not finished. Few of them sound fluent."),
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
        _("The share of the talk in which you speak; the rest is pauses."),
        short_unit="%",
        decimals=0,
        factor=100,
    ),
    Measure(
        "mean_length_of_run",
        _("Length of a run"),
        _("syllables"),
        _("How many syllables you say between two pauses."),
    ),
    Measure(
        "repetitions_per_100_words",
        _("Repetitions"),
        _("per 100 words"),
        _("Words said twice in a row without meaning to."),
        lower_is_better=True,
    ),
    Measure(
        "words",
        _("Words"),
        _("words"),
        _("Everything you said, fillers left out."),
        decimals=0,
    ),
)
_BY_NAME = {measure.name: measure for measure in _ALL}


def measure_called(name: str, unit: str = "") -> Measure:
    """The measure called `name`; one that the pages do not know yet is shown as it stands."""
    return _BY_NAME.get(name) or Measure(name, name.replace("_", " ").capitalize(), unit, "")
