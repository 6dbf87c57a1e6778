"""A real browser on a real product, and nothing said in its console."""

import os
import subprocess

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, ConsoleMessage, Page, async_playwright, expect

from tests.phone import Phone
from tests.stack import PASSWORD, ROOT

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
# A machine that has much else to do.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
# The page's scripts listen; or it is a page without them, as those of the API's documentation are.
_LISTENING = 'html[data-ready], html:not(:has(script[src*="/dist/app."]))'

_LISTEN_FOR_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`Content security policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture(scope="session")
def microphone(spoken, tmp_path_factory):
    """The file that the browser hears when it records."""
    file = tmp_path_factory.mktemp("microphone") / "speech.wav"
    file.write_bytes(spoken)
    return file


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser's program is, unpacked if it was not yet."""
    node = os.environ.get("NODE", "node")
    found = subprocess.run(
        [node, "scripts/chromium.mjs"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return found.stdout.strip()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium, microphone):
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-audio-capture={microphone}%noloop",
                # A machine without a network can still call itself.
                "--allow-loopback-in-peer-connection",
            ],
        )
        yield browser
        await browser.close()


def watched(context: BrowserContext, said: list[str]) -> None:
    """Note whatever goes wrong in any page of `context`."""

    def on_console(message: ConsoleMessage) -> None:
        # The browser itself reports what the page expects, and shows as a sentence; htmx, that a
        # newer request took the place of one under way.
        expected = (
            "responded with a status of 41",
            "ERR_INTERNET_DISCONNECTED",
            "htmx:sendAbort",
            "htmx:afterRequest",
            # Swagger UI, of every address of one call.
            "escaping deep link whitespace",
        )
        if message.type == "error" and not any(each in message.text for each in expected):
            said.append(f"{message.page and message.page.url}: {message.text}")

    context.on("console", on_console)
    context.on("weberror", lambda error: said.append(f"{error.page and error.page.url}: {error}"))


def patient(context: BrowserContext, *, scripts: bool = True) -> None:
    """Have every page of `context` wait, at a visit, until a key that is pressed is heard."""
    context.set_default_timeout(PATIENCE)
    if scripts:
        context.on("page", _visit_until_it_listens)


def _visit_until_it_listens(page: Page) -> None:
    def until_it_listens(visit):
        async def visited(*arguments, **options):
            answer = await visit(*arguments, **options)
            if "wait_until" not in options:
                await page.locator(_LISTENING).wait_for(state="attached")
            return answer

        return visited

    page.goto, page.reload = until_it_listens(page.goto), until_it_listens(page.reload)


@pytest_asyncio.fixture(loop_scope="session")
async def open_browser(browser, stack):
    """Opens windows of one's own; a word in a console fails the test at its end."""
    contexts, said = [], []

    async def open_browser(**options) -> Page:
        usual = {
            "base_url": stack.address,
            "permissions": ["microphone"],
            "viewport": DESKTOP,
        }
        context = await browser.new_context(**{**usual, **options})
        patient(context, scripts=options.get("java_script_enabled", True))
        await context.add_init_script(_LISTEN_FOR_VIOLATIONS)
        watched(context, said)
        contexts.append(context)
        return await context.new_page()

    yield open_browser
    for context in contexts:
        await context.close()
    assert said == []


async def sign_in(page: Page, name: str) -> None:
    await page.goto("/accounts/login/")
    await page.fill("[name=username]", f"{name}@example.org")
    await page.fill("[name=password]", PASSWORD)
    await page.click("main button[type=submit]")
    await page.wait_for_url(lambda url: "/accounts/login/" not in url)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def alices_cookies(browser, stack):
    """What keeps alice signed in, in any window."""
    context = await browser.new_context(base_url=stack.address)
    patient(context)
    page = await context.new_page()
    await sign_in(page, "alice")
    state = await context.storage_state()
    await context.close()
    return state


@pytest.fixture(scope="session")
def report_page(stack, spoken) -> str:
    """The address of the page of an analysed recording of alice's."""
    phone = Phone(stack.address, "alice@example.org")
    session = phone.upload("talk.wav", spoken, title="A talk about a corpus")
    phone.wait_for_report(session["id"])
    return f"/speech-sessions/{session['id']}/"


@pytest.fixture(scope="session")
def word_page(stack) -> str:
    """The address of a word of alice's that is due."""
    phone = Phone(stack.address, "alice@example.org")
    told = {"word": "la manzana", "language": "es", "meaning": "the apple"}
    status, word = phone.call("POST", "/api/v1/vocabulary/", told)
    assert status == 201, word
    return f"/vocabulary/{word['id']}/"


@pytest.fixture(scope="session")
def practice_pages(stack, report_page) -> dict[str, str]:
    """The addresses of a practice of alice's with its clock running, and of one that was spoken."""
    phone = Phone(stack.address, "alice@example.org")
    sessions = "/api/v1/practice/sessions/"
    wanted = {"kind": "filler_free", "planned_seconds": 60}
    spoken = phone.call("POST", f"{sessions}start/", wanted)[1]["session_id"]
    ended = {"session_id": spoken, "duration_seconds": 60, "completion_status": "completed"}
    assert phone.call("POST", f"{sessions}complete/", ended)[0] == 200
    stack.shell(
        "from practice.models import PracticeSession\n"
        f"answer = PracticeSession.objects.filter(pk={spoken})"
        f".update(recording={report_page.rstrip('/').rsplit('/', 1)[1]})"
    )
    running = phone.call("POST", f"{sessions}start/", {"kind": "interview"})[1]["session_id"]
    return {"clock": f"/practice/{running}/", "result": f"/practice/{spoken}/"}


@pytest.fixture(scope="session")
def talk_pages(stack) -> dict[str, str]:
    """The addresses of a talk of alice's with a correction in it, and of one that is over."""
    found = stack.shell(
        "from accounts.models import User\n"
        "from conversations import services, tutoring\n"
        "alice = User.objects.get(email='alice@example.org')\n"
        "answer = []\n"
        "for over in (False, True):\n"
        "    wish = services.Start(target_language='en', scenario='ordering-food')\n"
        "    talk = services.start(alice, wish)\n"
        "    turn = services.take_text(talk, 'I want two soup, please. He go there every day.')\n"
        "    tutoring.take_turn(turn.pk)\n"
        "    if over:\n"
        "        services.end(talk)\n"
        "    answer.append(talk.pk)"
    )
    addresses = [f"/conversations/live/{pk}/" for pk in found]
    return {"talk": addresses[0], "ended_talk": addresses[1]}


@pytest.fixture(scope="session")
def attempt_page(stack) -> str:
    """The address of a sentence of alice's that was judged."""
    attempt = stack.shell(
        "from accounts.models import User\n"
        "from conversations.sound import wav_of\n"
        "from django.core.files.base import ContentFile\n"
        "from pronunciation.tests.results import JUDGED\n"
        "alice = User.objects.get(email='alice@example.org')\n"
        "answer = alice.pronunciation_attempts.create(\n"
        "    text='Good morning.', language='en', audio_type='audio/wav', state='done',\n"
        "    audio=ContentFile(wav_of(bytes(32000), 16000), 'said.wav'),\n"
        "    overall=62, result=JUDGED,\n"
        ").pk"
    )
    return f"/pronunciation/{attempt}/"
