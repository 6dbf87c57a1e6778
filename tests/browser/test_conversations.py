"""A client's own script stores a conversation from a page, and its learner reads it."""

import json

from tests.browser import LOOKING
from tests.browser.test_accessibility import violations_of
from tests.stack import PASSWORD

pytestmark = LOOKING

# As clients of earlier versions call it.
_CLIENT = """async ({ email, password }) => {
  const json = { "Content-Type": "application/json" };
  const signedIn = await fetch("/api/v1/auth/login/", {
    method: "POST", headers: json, credentials: "omit", body: JSON.stringify({ email, password }),
  });
  const { access } = await signedIn.json();
  const call = async (method, path, body) => {
    const answer = await fetch(`/accounts/voice-conversations/${path}`, {
      method,
      credentials: "omit",
      headers: { ...json, Authorization: `Bearer ${access}` },
      body: body && JSON.stringify(body),
    });
    return answer.json();
  };
  const made = await call("POST", "", {
    topic: "At the market",
    transcription: "Learner: Quiero dos kilos de las manzana.\\nTutor: Muy bien.",
    native_language: "English",
    target_language: "Spanish",
    conversation_type: "practice",
    duration_minutes: 6.5,
  });
  await call("PATCH", `${made.id}/add_feedback/`, { ai_feedback: {
    grammar_score: 78,
    areas_for_improvement: ["las manzanas: article and noun agree"],
    suggested_next_topics: ["Paying at the market"],
  } });
  const found = await call("GET", "by-language/es/");
  const summary = await call("GET", "summary/");
  return { made, found, summary };
}"""


async def test_clients_script_stores_a_conversation_that_its_learner_reads(
    open_browser, alices_cookies
):
    page = await open_browser(storage_state=alices_cookies)
    await page.goto("/privacy/")

    kept = await page.evaluate(_CLIENT, {"email": "alice@example.org", "password": PASSWORD})

    [talk] = kept["found"]["results"]
    assert talk["id"] == kept["made"]["id"]
    assert talk["ai_feedback"]["grammar_score"] == 78
    assert kept["summary"]["average_scores"]["grammar"] == 78
    for path in ("", f"{talk['id']}/", "progress/"):
        found = await violations_of(page, f"/conversations/{path}")
        assert found == {}, json.dumps(found, indent=1)
    await page.goto("/conversations/")
    await page.get_by_role("link", name="At the market").click()
    await page.get_by_text("78 of 100").wait_for()
