"""Passkeys in a real browser, on the virtual authenticator that Chromium brings along."""

import json
import re

from playwright.async_api import Page, expect

from tests.browser import MARKS
from tests.browser.conftest import sign_in
from tests.stack import PASSWORD

pytestmark = MARKS

_KEEP_WHAT_IS_SENT = """
const submit = HTMLFormElement.prototype.submit;
HTMLFormElement.prototype.submit = function () {
  const field = this.elements.namedItem("credential");
  if (field) sessionStorage.setItem("sent", field.value);
  submit.call(this);
};
"""


class Authenticator:
    """The virtual authenticator of one window."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def connect(self) -> None:
        self.tools = await self.page.context.new_cdp_session(self.page)
        await self.tools.send("WebAuthn.enable")
        await self.plug_in()

    async def plug_in(self) -> None:
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        made = await self.tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        self.id = made["authenticatorId"]

    async def credentials(self) -> list[dict]:
        found = await self.tools.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        return found["credentials"]

    async def take(self, credential: dict, **changes) -> None:
        """Have a credential that another authenticator made."""
        await self.tools.send(
            "WebAuthn.addCredential",
            {"authenticatorId": self.id, "credential": {**credential, **changes}},
        )

    async def verifies(self, yes: bool) -> None:
        await self.tools.send(
            "WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": yes}
        )


def make_person(stack, name: str) -> None:
    stack.shell(
        "from accounts.models import User\n"
        f"answer = User.objects.create_user('{name}@example.org', {PASSWORD!r},"
        " email_verified=True).pk"
    )


async def window(open_browser, stack, **options) -> tuple[Page, Authenticator]:
    page = await open_browser(base_url=f"http://localhost:{stack.port}", **options)
    await page.add_init_script(_KEEP_WHAT_IS_SENT)
    authenticator = Authenticator(page)
    await authenticator.connect()
    return page, authenticator


async def make_passkey(page: Page, name: str) -> None:
    await page.goto("/accounts/passkeys/new/")
    if "/accounts/confirm/" in page.url:
        await page.fill("[name=password]", PASSWORD)
        await page.click("main button[type=submit]:has-text('Continue')")
    await page.fill("[name=name]", name)
    await page.click("text=Make the passkey")


async def use_passkey(page: Page) -> None:
    async with page.expect_navigation():
        await page.click("passkey-form button[type=submit]")


async def replay(page: Page, said: str) -> None:
    """Send the answer of another window's passkey from the sign-in page."""
    await page.goto("/accounts/login/")
    async with page.expect_navigation():
        await page.evaluate(
            """(said) => {
              const form = document.querySelector("passkey-form form");
              form.elements.namedItem("credential").value = said;
              HTMLFormElement.prototype.submit.call(form);
            }""",
            said,
        )


async def test_passkey_is_made_signs_in_gives_the_second_factor_and_is_refused_once_removed(
    open_browser, stack
):
    make_person(stack, "petra")
    page, authenticator = await window(open_browser, stack)
    await sign_in(page, "petra")
    await make_passkey(page, "This laptop")
    await expect(page.locator("#backup-codes code")).to_have_count(10)
    [credential] = await authenticator.credentials()
    assert credential["rpId"] == "localhost"
    assert credential["isResidentCredential"]
    await page.goto("/accounts/security/")
    await expect(page.locator("text=This laptop")).to_be_visible()

    # Without a password, in another window.
    other, elsewhere = await window(open_browser, stack)
    await elsewhere.take(credential)
    await other.goto("/accounts/login/?next=/speech-sessions/")
    await use_passkey(other)
    await expect(other).to_have_url(re.compile("/speech-sessions/$"))

    # The same answer once more, from a window without any passkey.
    thief = await open_browser(base_url=f"http://localhost:{stack.port}")
    await replay(thief, await other.evaluate("sessionStorage.getItem('sent')"))
    await expect(thief).to_have_url(re.compile("/accounts/login/"))
    await thief.goto("/today/")
    await expect(thief).to_have_url(re.compile("/accounts/login/"))

    # As second factor after the password, by a key that asks for no PIN.
    third, key = await window(open_browser, stack)
    [credential] = await elsewhere.credentials()
    await key.take(credential)
    await key.verifies(False)
    await sign_in(third, "petra")
    await expect(third).to_have_url(re.compile("/accounts/verify/"))
    await use_passkey(third)
    await third.goto("/accounts/security/")
    await expect(third).to_have_url(re.compile("/accounts/security/$"))

    # Removed, it opens nothing.
    [credential] = await key.credentials()
    await third.click("text=Remove")
    await third.click("text=Remove it")
    await expect(third.locator("text=your password alone signs in")).to_be_visible()
    fourth, gone = await window(open_browser, stack)
    await gone.take(credential)
    await fourth.goto("/accounts/login/")
    await use_passkey(fourth)
    await expect(fourth.locator("text=not known here any more")).to_be_visible()
    await fourth.goto("/today/")
    await expect(fourth).to_have_url(re.compile("/accounts/login/"))


async def test_copied_passkey_is_refused_and_the_owner_sees_it(open_browser, stack):
    make_person(stack, "paolo")
    page, authenticator = await window(open_browser, stack)
    await sign_in(page, "paolo")
    await make_passkey(page, "Phone")
    await expect(page.locator("#backup-codes code")).to_have_count(10)
    [copied] = await authenticator.credentials()
    await page.context.clear_cookies()
    await page.goto("/accounts/login/")
    await use_passkey(page)
    await expect(page).to_have_url(re.compile("/today/"))

    thief, stolen = await window(open_browser, stack)
    await stolen.take(copied)
    await thief.goto("/accounts/login/")
    await use_passkey(thief)

    await expect(thief).to_have_url(re.compile("/accounts/login/"))
    kinds = stack.shell(
        "from accounts.models import SecurityEvent\n"
        "answer = list(SecurityEvent.objects.filter(user__email='paolo@example.org')"
        ".values_list('kind', flat=True))"
    )
    assert "code_refused" in kinds, json.dumps(kinds)


async def test_person_who_gives_no_fingerprint_is_told_and_may_try_again(open_browser, stack):
    make_person(stack, "pia")
    page, authenticator = await window(open_browser, stack)
    await sign_in(page, "pia")
    await make_passkey(page, "Phone")
    await page.context.clear_cookies()
    await authenticator.verifies(False)
    await page.goto("/accounts/login/")

    await page.click("passkey-form button[type=submit]")
    await expect(page.locator("[data-says]")).to_have_text(re.compile("No passkey was used"))

    await expect(page.locator("passkey-form button")).to_be_enabled()
    await page.goto("/today/")
    await expect(page).to_have_url(re.compile("/accounts/login/"))


async def test_page_at_a_bare_address_says_that_passkeys_need_a_name(open_browser, alices_cookies):
    page = await open_browser()
    await page.goto("/accounts/login/")

    await expect(page.locator("[data-says]")).to_have_text(re.compile("at localhost"))
    await expect(page.locator("passkey-form button")).to_be_hidden()
