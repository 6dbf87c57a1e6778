"""Signing in with another site, in a real browser, at a real provider."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE, watched
from tests.openid_provider import running_provider
from tests.stack import Stack

DORA = {"sub": "dora-there", "email": "dora@example.org", "email_verified": True, "name": "Dora"}


@pytest.fixture(scope="module")
def stack_with_site(tmp_path_factory):
    """A product that is set up for a provider."""
    folder = tmp_path_factory.mktemp("other-sites")
    stack = Stack(folder, f"sqlite:///{folder / 'test.sqlite3'}")
    with running_provider([DORA]) as provider:
        stack.environment |= {
            "OIDC_URL": provider,
            "OIDC_CLIENT_ID": "verbalcoach",
            "OIDC_CLIENT_SECRET": "a secret",
            "OIDC_NAME": "Company login",
        }
        try:
            stack.manage("prepare", "--no-demo")
            stack.start("redis", "web")
            stack.wait_for_page()
            yield stack
        finally:
            stack.stop_everything()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
@pytest.mark.asyncio(loop_scope="session")
async def test_somebody_signs_in_with_another_site_and_sees_it_connected(
    browser, stack_with_site, viewport
):
    ours, said = stack_with_site.address, []
    context = await browser.new_context(base_url=ours, viewport=viewport)
    watched(context, said)
    page = await context.new_page()
    await page.goto("/accounts/login/")

    await page.click("text=Continue with Company login")
    await page.wait_for_url(lambda url: "/oauth2/authorize" in url)
    await page.click("button:has-text('dora-there')")
    await page.wait_for_url("**/today/")

    await page.goto("/accounts/connections/")
    assert await page.inner_text(".row-title") == "Company login"
    assert await page.locator("text=This is your only way in").count() == 1
    await context.close()
    # The provider's own page says what it likes.
    assert [each for each in said if each.startswith(ours)] == []
