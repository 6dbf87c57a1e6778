import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest

from partner.recasts import corrections_in, findings_in
from partner.recasts.rules import found_by, rules
from partner.scenarios import all_scenarios, script_languages
from partner.script_files import script

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
LANGUAGES = {"en": 60, "es": 40}


def mended(text, findings):
    for hit in sorted(findings, key=lambda one: -one.start):
        text = text[: hit.start] + hit.correction.better + text[hit.end :]
    return text


@pytest.mark.parametrize(("language", "least"), LANGUAGES.items())
def test_catalogue_has_rules_enough(language, least):
    assert len(rules(language)) >= least


def wrong_about(rule, example, language):
    """What a rule does otherwise than its example says, or None."""
    found = list(found_by(rule, example.said))
    if example.better is None:
        return [hit.correction.better for hit in found] or None
    shown = {one.rule for one in corrections_in(example.said, language)}
    return None if mended(example.said, found) == example.better and rule.name in shown else found


# One test a language: a case of its own for each of 600 examples costs half a minute.
@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_keep_their_examples(language):
    for rule in rules(language):
        for example in rule.examples:
            wrong = wrong_about(rule, example, language)
            assert wrong is None, f"{rule.name}: {example.said}: {wrong}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_never_overlap_and_stand_where_they_say(language):
    everything = [example.said for rule in rules(language) for example in rule.examples]
    for said in [*everything, " and ".join(everything[:40])]:
        hits = findings_in(said, language)
        spans = sorted((hit.start, hit.end) for hit in hits)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
        assert all(said[hit.start : hit.end] == hit.correction.said for hit in hits)


def test_no_rule_corrects_what_a_partner_says():
    for one in all_scenarios():
        for language in script_languages(one.slug):
            for node in script(one.slug, language).nodes.values():
                replies = [line for reply in node.replies for line in reply.says + reply.pushback]
                for line in (*node.says, *node.again, *node.hints, *replies):
                    assert corrections_in(line, language) == (), line


def test_text_in_another_language_is_left_alone():
    assert corrections_in("ich bin einverstanden", "de") == ()


def test_correction_quotes_the_text_as_it_was_written():
    (correction,) = corrections_in("Well, She don’t Like it", "en")
    assert correction.said == "She don’t"
    assert correction.better == "She doesn't"


def test_most_useful_correction_comes_first():
    found = corrections_in("I look forward to meet you because she like it", "en")
    assert [one.rule for one in found] == ["third_person", "forward_to"]


def test_fluent_speech_is_hardly_ever_corrected():
    if not DATA.is_dir():
        pytest.skip("the labelled recordings in ../shared/data are not here")
    words = false_alarms = 0
    for folder in ("telephone", "wideband"):
        with (DATA / folder / "recordings.tsv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                language = row.get("language", "en")
                if language in LANGUAGES:
                    text = re.sub(r"\{.*?\}|\[.*?\]|\+", "", row["transcript"])
                    words += len(text.split())
                    false_alarms += len(corrections_in(text, language))
    assert words > 4000
    assert 1000 * false_alarms / words < 0.5
