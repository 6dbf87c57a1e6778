/** The page of a talk with the partner. */

import { LiveTalk } from "./conversation/live_talk";
import { sendLeftSaid } from "./conversation/said_outbox";

customElements.define("live-talk", LiveTalk);

const talk = document.querySelector<LiveTalk>("live-talk");
const facts = document.getElementById(talk?.dataset.facts ?? "")?.textContent;
if (talk && facts) {
  const { session } = JSON.parse(facts) as { session: number };
  // Without storage in this browser nothing can be left.
  void sendLeftSaid(talk.dataset.owner ?? "", String(session)).catch(() => undefined);
}
