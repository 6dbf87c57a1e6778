"""Languages by name and by code."""

import pytest

from accounts.languages import choices, code_of


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Spanish", "es"),
        ("  español ", "es"),
        ("ESPAÑOL", "es"),
        ("es", "es"),
        ("es_MX", "es-MX"),
        ("pt-br", "pt-BR"),
        ("Brazilian Portuguese", "pt-BR"),
        ("Portuguese", "pt"),
        ("zh-hans", "zh-Hans"),
        ("Mandarin", "zh"),
        ("中文", "zh"),
        ("Norwegian", "no"),
        ("sr-latn-rs", "sr-Latn-RS"),
        ("Deutsch", "de"),
        ("yue", "yue"),
    ],
)
def test_language_has_its_code_however_it_is_written(written, code):
    assert code_of(written) == code


def test_unknown_language_keeps_its_name_in_lower_case():
    assert code_of("High  Valyrian") == "high valyrian"


def test_every_language_offered_is_known_by_its_name_and_its_code():
    offered = choices()
    assert len(offered) > 80
    for code, name in offered:
        assert code_of(code) == code
        assert code_of(name) == code
