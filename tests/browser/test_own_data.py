"""In a real browser on a running product: take one's data along, leave, come back, and be gone."""

import io
import json
import re
import zipfile

from playwright.async_api import expect

from tests.browser import MARKS
from tests.browser.conftest import sign_in
from tests.stack import PASSWORD, wait_until

pytestmark = MARKS

EMAIL = "erika@example.org"


async def test_person_takes_everything_along_and_is_erased(open_browser, stack):
    stack.shell(
        "from accounts.models import User\n"
        f"user = User.objects.create_user({EMAIL!r}, {PASSWORD!r}, name='Erika Example')\n"
        "from speech_sessions.services import create_record\n"
        "create_record(user, duration=300, title='A talk of five minutes')\n"
        "answer = user.pk"
    )
    page = await open_browser()
    await sign_in(page, "erika")
    await page.goto("/accounts/data/")
    await page.click("text=Make a copy")
    # The page follows the worker by itself.
    await expect(page.locator("text=Download the copy")).to_be_visible(timeout=60_000)
    async with page.expect_download() as fetched:
        await page.click("text=Download the copy")
    path = await (await fetched.value).path()
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        [session] = json.loads(archive.read("speech_sessions/speech_session.json"))
    assert session["title"] == "A talk of five minutes"

    await page.goto("/accounts/data/erase/")
    await page.fill("[name=password]", PASSWORD)
    await page.click("text=Erase my account")
    await expect(page.locator("h1")).to_have_text("Your account will be erased")
    await sign_in(page, "erika")
    await expect(page).to_have_url(re.compile("/accounts/erasure/"))
    await page.goto("/speech-sessions/")
    await expect(page).to_have_url(re.compile("/accounts/erasure/"))
    await page.click("text=Keep my account")
    await page.goto("/speech-sessions/")
    await expect(page.get_by_role("link", name="A talk of five minutes")).to_be_visible()

    await page.goto("/accounts/data/erase/")
    await page.fill("[name=password]", PASSWORD)
    await page.click("text=Erase my account")
    await expect(page.locator("h1")).to_have_text("Your account will be erased")
    # Its day has come, and a worker takes it up.
    stack.shell(
        "from django.utils import timezone\n"
        "from accounts.models import Erasure\n"
        f"Erasure.objects.filter(user__email={EMAIL!r}).update(due_at=timezone.now())\n"
        "from verbalcoach.tasks import erase_due_accounts\n"
        "answer = bool(erase_due_accounts.delay())"
    )

    def is_gone() -> bool:
        counted = stack.shell(
            "from accounts.models import User\n"
            f"answer = User.objects.filter(email={EMAIL!r}).count()"
        )
        return counted == 0

    wait_until(is_gone, "the account is erased", 60)
    await page.goto("/accounts/login/")
    await page.fill("[name=username]", EMAIL)
    await page.fill("[name=password]", PASSWORD)
    await page.click("main button[type=submit]")
    await expect(page.locator("main")).to_contain_text("do not belong together")
