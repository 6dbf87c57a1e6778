"""Every page passes axe, in both themes, on a phone and on a desk; nothing scrolls sideways."""

import json

import pytest

from tests.browser import LOOKING
from tests.browser.conftest import DESKTOP, PHONE, sign_in
from tests.stack import ROOT

pytestmark = LOOKING

VISITORS = (
    "/",
    "/privacy/",
    "/offline/",
    "/accounts/login/",
    "/accounts/register/",
    "/accounts/password/reset/",
    "/accounts/password/reset/sent/",
    "/accounts/email/verify/no-such-link/",
    "/accounts/email/undo/no-such-link/",
)
MEMBERS = (
    "/today/",
    "/speech-sessions/",
    "/speech-sessions/?search=nothing-like-it",
    "/speech-sessions/new/",
    "/speech-sessions/analytics/",
    "/speech-sessions/bands/",
    "/speech-sessions/bands/?kind=interview",
    "/conversations/",
    "/conversations/live/",
    "/conversations/live/?search=nothing-like-it",
    "/conversations/live/?language=de",
    "/conversations/live/own/",
    "/pronunciation/",
    "/pronunciation/?language=en&text=Good+morning.",
    "{attempt}",
    "{attempt}delete/",
    "{talk}",
    "{talk}direct/",
    "{ended_talk}",
    "/practice/",
    "/practice/goal/",
    "/practice/history/",
    "/practice/statistics/",
    "/practice/reminders/",
    "/practice/offline/",
    "/practice/sequences/",
    "/practice/sequences/new/",
    "/practice/shares/",
    "/practice/talks/",
    "/practice/talks/new/",
    "/practice/shadowing/",
    "{clock}",
    "{result}",
    "{result}delete/",
    "{report}",
    "{report}edit/",
    "{report}delete/",
    "/accounts/profile/",
    "/accounts/languages/new/",
    "/accounts/data/",
    "/accounts/data/erase/",
    "/accounts/security/",
    "/accounts/security/tokens/",
    "/accounts/second-factor/",
    "/accounts/password/",
    "/accounts/confirm/",
    "/accounts/email/verify/",
    "/accounts/connections/",
    "/accounts/devices/",
    "/accounts/devices/sign-out/",
    "/accounts/activity/",
    "/accounts/activity/?kind=nothing-like-it",
    "/vocabulary/",
    "/vocabulary/?search=nothing-like-it",
    "/vocabulary/new/",
    "/vocabulary/review/",
    "/vocabulary/statistics/",
    "/vocabulary/settings/",
    "/vocabulary/import/",
    "{word}",
    "{word}delete/",
)
_AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
_RUN = """async (only) => {
  const found = await axe.run(document, {
    // Preloading would copy style sheets into the page, against its content security policy.
    preload: false,
    runOnly: only,
  });
  return found.violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.html) }));
}"""
_EVERY_RULE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A theme changes colours and nothing else: these are the rules that look at colours.
_RULES_OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# A colour on its way from one theme to the other would be taken for the colour of the page.
_NO_TRANSITIONS = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, ::before, ::after { transition-property: none !important; }");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


async def violations_of(page, path: str) -> dict[str, object]:
    """What is wrong with a page, by size and theme; one visit, as it is turned and made smaller."""
    found: dict[str, object] = {}
    await page.set_viewport_size(DESKTOP)
    await page.emulate_media(color_scheme="light", reduced_motion="reduce")
    answer = await page.goto(path)
    assert answer.status == 200, (path, answer.status)
    await page.wait_for_load_state("networkidle")
    await page.evaluate(_AXE)
    await page.evaluate(_NO_TRANSITIONS)
    for size, viewport in (("desktop", DESKTOP), ("phone", PHONE)):
        await page.set_viewport_size(viewport)
        for scheme, rules in (("light", _EVERY_RULE), ("dark", _RULES_OF_COLOURS)):
            await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            if problems := await page.evaluate(_RUN, rules):
                found[f"{size}, {scheme}"] = problems
        beyond = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if beyond > 0:
            found[f"{size}, width"] = f"{beyond} px beyond the screen"
    return found


@pytest.mark.parametrize("path", VISITORS)
async def test_page_is_open_to_everybody_when_visited(path, open_browser):
    found = await violations_of(await open_browser(), path)
    assert found == {}, json.dumps(found, indent=1)


@pytest.mark.parametrize("path", MEMBERS)
async def test_page_is_open_to_everybody_when_signed_in(
    path,
    open_browser,
    alices_cookies,
    report_page,
    practice_pages,
    talk_pages,
    attempt_page,
    word_page,
):
    page = await open_browser(storage_state=alices_cookies)
    own = {"report": report_page, "attempt": attempt_page, "word": word_page}
    pages = {**own, **practice_pages, **talk_pages}
    found = await violations_of(page, path.format(**pages))
    assert found == {}, json.dumps(found, indent=1)


async def test_page_of_another_person_is_not_found(open_browser, report_page, stack):
    page = await open_browser()
    await sign_in(page, "charlie")
    # Asked outside the page, so that its console has nothing to say about a 404.
    for path in ("", "edit/", "delete/", "audio/", "status/"):
        answer = await page.request.get(f"{stack.address}{report_page}{path}")
        assert answer.status == 404, path
