"""From signing up to a new password, by the mails that the worker really sent."""

import email
import re
from email.policy import default

from tests.browser import MARKS
from tests.stack import wait_until

pytestmark = MARKS

ERIN = "erin@example.org"
OLD, NEW = "seven green bottles", "an old oak by the river"


def link_mailed(stack, path: str, after: int) -> str:
    """The first link to `path` in the mails to erin beyond the first `after`."""

    def found() -> str:
        files = sorted(
            (stack.folder / "mail").glob("*.log"), key=lambda file: file.stat().st_mtime_ns
        )
        mails = [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]
        for mail in [mail for mail in mails if ERIN in mail["To"]][after:]:
            if link := re.search(rf"{stack.address}/accounts/{path}\S+", mail.get_content()):
                return link[0]
        return ""

    return wait_until(found, f"a mail with a link to {path}")


async def test_person_signs_up_confirms_the_address_and_resets_the_password(open_browser, stack):
    page = await open_browser()
    await page.goto("/accounts/register/")
    await page.fill("[name=email]", ERIN)
    await page.fill("[name=password]", OLD)
    await page.click("main button[type=submit]")
    await page.wait_for_url("**/today/")
    await page.get_by_text("is not confirmed yet").wait_for()

    await page.goto(link_mailed(stack, "email/verify/", after=0))
    await page.get_by_role("button", name="Confirm the address").click()
    await page.get_by_text("Your e-mail address is confirmed.").wait_for()

    elsewhere = await open_browser()
    await elsewhere.goto("/accounts/password/reset/")
    await elsewhere.fill("[name=email]", ERIN)
    await elsewhere.click("main button[type=submit]")
    await elsewhere.get_by_role("heading", name="Look into your mail").wait_for()
    await elsewhere.goto(link_mailed(stack, "password/reset/", after=1))
    await elsewhere.fill("[name=new_password]", NEW)
    await elsewhere.get_by_role("button", name="Set password").click()
    await elsewhere.wait_for_url("**/accounts/login/")

    # The browser that was signed in is not any more, and the old password opens nothing.
    await page.goto("/accounts/activity/")
    await page.wait_for_url("**/accounts/login/**")
    for password in (OLD, NEW):
        await page.fill("[name=username]", ERIN)
        await page.fill("[name=password]", password)
        await page.click("main button[type=submit]")
        await page.wait_for_load_state()
    await page.wait_for_url("**/accounts/activity/")
    for happened in ("Wrong password", "Password changed", "E-mail address confirmed"):
        await page.locator(".row-title", has_text=happened).first.wait_for()
