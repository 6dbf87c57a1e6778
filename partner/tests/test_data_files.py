import pytest

from partner.data_files import DATA, DataError, Table
from partner.personas import UnknownPersona, all_personas, persona
from partner.phrases import phrases
from partner.scenarios import (
    UnknownScenario,
    all_scenarios,
    read_scenario,
    scenario,
    script_languages,
)
from partner.script_files import script
from partner.scripts import NoScript

PLAYABLE = [
    (one.slug, language) for one in all_scenarios() for language in script_languages(one.slug)
]


def test_every_scenario_is_read_and_found_by_its_slug():
    assert all_scenarios()
    for one in all_scenarios():
        assert scenario(one.slug) is one


@pytest.mark.parametrize(("slug", "language"), PLAYABLE)
def test_every_script_is_read_and_has_its_words_explained(slug, language):
    assert script(slug, language).language == language
    assert scenario(slug).words[language]


def test_every_script_belongs_to_a_scenario():
    slugs = {path.stem for path in (DATA / "scripts").glob("*/*.toml")}
    assert slugs <= {one.slug for one in all_scenarios()}


def test_script_says_that_there_is_none_when_only_a_language_model_can_play():
    with pytest.raises(NoScript):
        script("ordering-food", "tlh")


def test_unknown_slugs_are_refused():
    with pytest.raises(UnknownScenario):
        scenario("no-such-place")
    with pytest.raises(UnknownPersona):
        persona("nobody")


def test_personas_differ_in_patience_pushback_and_speed():
    everyone = all_personas()
    assert {one.pushback for one in everyone} == {0, 1, 2}
    assert len({one.patience_factor for one in everyone}) > 2
    assert len({one.speed for one in everyone}) > 2


@pytest.mark.parametrize("language", sorted(p.stem for p in (DATA / "phrases").glob("*.toml")))
def test_shared_phrases_are_read(language):
    assert phrases(language).language == language


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace('title = "Ordering food"', ""), "title: is missing"),
        (lambda text: text.replace('level = "A1"', 'level = "A7"'), "level: 'A7'"),
        (lambda text: text.replace('id = "drink"', 'id = "main"'), "one id stands twice"),
        (lambda text: 'colour = "red"\n' + text, "colour: is not known"),
        (lambda text: text.replace('\nen = "Good', '\nfr = "Good'), "opening: has no English"),
        (lambda text: text + "\n[", "ordering-food.toml: "),
    ],
)
def test_wrong_scenario_is_refused_with_its_place(tmp_path, change, message):
    text = (DATA / "scenarios" / "ordering-food.toml").read_text("utf-8")
    path = tmp_path / "ordering-food.toml"
    path.write_text(change(text), "utf-8")
    with pytest.raises(DataError) as caught:
        read_scenario(path)
    assert message in str(caught.value)
    assert "ordering-food.toml" in str(caught.value)


def test_table_refuses_wrong_types_by_name():
    table = Table({"a": 1, "b": "x", "c": [1], "d": 1.5}, "here")
    for read in (
        lambda: table.text("a"),
        lambda: table.number("b", 0, 1),
        lambda: table.lines("c"),
        lambda: table.whole("d", 0, 9),
    ):
        with pytest.raises(DataError, match="here"):
            read()


@pytest.mark.parametrize("language", sorted(p.stem for p in (DATA / "phrases").glob("*.toml")))
def test_shared_lines_are_sentences_and_no_patterns(language):
    for lines in phrases(language).lines.values():
        assert not any(set("()[]|*#=") & set(line) for line in lines)
