/** The page of a talk with a realtime model. */

import { RealtimeTalk } from "./conversation/realtime_talk";

customElements.define("realtime-talk", RealtimeTalk);
