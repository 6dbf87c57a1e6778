"""Looking at words by keyboard."""

from tests.browser import LOOKING
from tests.browser.conftest import sign_in
from tests.phone import Phone

pytestmark = LOOKING

# Keys that are pressed before the page's script runs reach nobody.
_READY = "customElements.whenDefined('word-review').then(() => undefined)"


async def test_words_are_shown_rated_and_taken_back_by_keyboard(open_browser, stack):
    phone = Phone(stack.address, "charlie@example.org")
    for word in ("uno", "dos"):
        told = {"word": word, "language": "es", "meaning": f"{word} in English"}
        assert phone.call("POST", "/api/v1/vocabulary/", told)[0] == 201
    page = await open_browser()
    await sign_in(page, "charlie")
    await page.goto("/vocabulary/review/")
    await page.evaluate(_READY)
    word = page.locator("[data-review=word]")

    await page.keyboard.press("4")  # not before the meaning was seen
    assert await word.inner_text() == "uno"
    await page.keyboard.press("Space")
    await page.get_by_text("uno in English").wait_for()
    await page.keyboard.press("4")
    await page.get_by_role("heading", name="dos").wait_for()
    await page.evaluate(_READY)
    await page.keyboard.press("u")
    await page.get_by_role("heading", name="uno").wait_for()
