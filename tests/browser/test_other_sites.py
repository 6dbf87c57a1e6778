"""Signing in with another site, in a real browser, at a real provider."""

from urllib.parse import urlsplit

import pytest

from tests.browser import LOOKING
from tests.browser.conftest import patient, watched
from tests.openid_provider import running_provider

pytestmark = LOOKING

NORA = {"sub": "nora-there", "email": "nora@example.org", "email_verified": True, "name": "Nora"}


@pytest.fixture
def provider(stack):
    """A provider at the address that the product was told."""
    with running_provider([NORA], urlsplit(stack.environment["OIDC_URL"]).port) as url:
        yield url


async def test_somebody_signs_in_with_another_site_and_sees_it_connected(browser, stack, provider):
    ours, said = stack.address, []
    context = await browser.new_context(base_url=ours)
    patient(context)
    watched(context, said)
    page = await context.new_page()
    await page.goto("/accounts/login/")

    await page.click("text=Continue with Company login")
    await page.wait_for_url(lambda url: "/oauth2/authorize" in url)
    await page.click("button:has-text('nora-there')")
    await page.wait_for_url("**/today/")

    await page.goto("/accounts/connections/")
    assert await page.inner_text(".row-title") == "Company login"
    assert await page.locator("text=This is your only way in").count() == 1
    await context.close()
    # The provider's own page says what it likes.
    assert [each for each in said if each.startswith(ours)] == []
