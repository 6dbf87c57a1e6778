"""Signing in with a second factor: an authenticator's code, and a backup code used once."""

import base64
import re

from django_otp.oath import totp
from playwright.async_api import expect

from tests.browser import MARKS
from tests.browser.conftest import sign_in
from tests.stack import PASSWORD

pytestmark = MARKS


async def test_code_and_backup_code_sign_in_and_a_backup_code_works_once(open_browser, stack):
    stack.shell(
        "from accounts.models import User\n"
        f"answer = User.objects.create_user('frida@example.org', {PASSWORD!r},"
        " email_verified=True).pk"
    )
    page = await open_browser()
    await sign_in(page, "frida")
    await page.goto("/accounts/second-factor/")
    await page.click("details.disclosure summary")
    secret = re.sub(r"\s", "", await page.inner_text("#secret"))
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    await page.fill("[name=otp_token]", f"{totp(key):06d}")
    await page.click("main form button[type=submit]")
    shown = page.locator("#backup-codes code")
    await expect(shown).to_have_count(10)
    codes = await shown.all_inner_texts()

    for code, opens in ((codes[0], True), (codes[0], False), (codes[1], True)):
        other = await open_browser()
        await sign_in(other, "frida")
        await expect(other).to_have_url(re.compile("/accounts/verify/"))
        await other.goto("/speech-sessions/")
        await expect(other).to_have_url(re.compile("/accounts/verify/"))
        await other.goto("/accounts/verify/?with=backup")
        await other.fill("[name=otp_token]", code)
        async with other.expect_navigation():
            await other.click("main form button[type=submit]")
        await other.goto("/speech-sessions/")
        assert ("/accounts/verify/" not in other.url) == opens, code
