"""Numbers that people, and programs that went wrong, put into addresses and forms."""

import pytest

from contract.ids import whole_number

DIGITS = "9" * 5000


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1), (DIGITS, None)]
    + [(text, None) for text in ("", "-1", "1.5", " 1", "٣", "1e3", "9" * 19)],
)
def test_whole_number_is_read_from_plain_digits_alone(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "address",
    [
        "/practice/?another={}",
        "/vocabulary/review/?word={}",
        "/api/v1/speech-sessions/?user={}",
    ],
)
def test_number_of_thousands_of_digits_breaks_no_page(alices_browser, address):
    assert alices_browser.get(address.format(DIGITS)).status_code < 500


def test_form_with_a_number_of_thousands_of_digits_is_answered_404(alices_browser):
    assert alices_browser.post("/practice/start/", {"sequence": DIGITS}).status_code == 404
    answer = alices_browser.post("/accounts/devices/browsers/end/", {"browser": DIGITS})
    assert answer.status_code == 404
