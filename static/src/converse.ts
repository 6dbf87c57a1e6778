/** The page of a talk with the partner. */

import { LiveTalk } from "./conversation/live_talk";

customElements.define("live-talk", LiveTalk);
