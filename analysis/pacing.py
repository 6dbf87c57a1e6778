"""The measures of pace as one readable paragraph."""

from collections.abc import Iterator, Sequence

from analysis.focus import by_range
from analysis.messages import clock, plain, say
from analysis.report import Measure, Message

# The fastest moment is worth a sentence where it stands out.
STANDS_OUT = 1.25


def pacing_sentences(
    measures: Sequence[Measure], local_pace: Sequence[tuple[float, float]]
) -> Iterator[Message]:
    """Pace against its band, the fastest moment, pauses, fillers; what is hidden is left out."""
    by_name = {measure.name: measure for measure in measures}
    rate = by_name["speech_rate"]
    share, long = by_name["pause_share"].value, by_name["long_pauses"].value
    if rate.value is None and share is None:
        yield say("too_little")
        return
    if rate.value is not None:
        yield _pace(rate)
    if rate.value is not None and local_pace:
        time, fastest = max(local_pace, key=lambda point: point[1])
        if fastest >= STANDS_OUT * rate.value:
            yield say("pace_fastest", time=clock(time), rate=round(fastest))
    if share is not None and long is not None:
        silent = round(100 * share)
        yield (
            say("pace_pauses", count=int(long), share=silent)
            if long
            else say("pace_no_pauses", share=silent)
        )
    fillers, count = by_name["fillers"].value, by_name["filler_count"].value
    if fillers is not None and count is not None:
        yield (
            say("pace_fillers", count=int(count), rate=plain(fillers))
            if count
            else say("pace_no_fillers")
        )


def _pace(rate: Measure) -> Message:
    value = round(rate.value or 0)
    if rate.band is None or rate.band.low is None or rate.band.high is None:
        return say("pace_alone", rate=value)
    return say(
        by_range(f"pace_{rate.band.position}", rate.band),
        rate=value,
        low=round(rate.band.low),
        high=round(rate.band.high),
    )
