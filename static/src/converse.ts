/** The page of a talk with the partner. */

import { LiveTalk } from "./conversation/live_talk";
import { sendLeftSaid } from "./conversation/said_outbox";
import { factsOf } from "./conversation/talk_facts";

customElements.define("live-talk", LiveTalk);

const talk = document.querySelector<LiveTalk>("live-talk");
if (talk) {
  const { session } = factsOf(talk);
  // Without storage in this browser nothing can be left.
  void sendLeftSaid(talk.dataset.owner ?? "", String(session)).catch(() => undefined);
}
