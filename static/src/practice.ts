/** The clock of a practice. */

import { AnswerChecklist } from "./practice/checklist";
import { PracticeGuide } from "./practice/guide";
import { OfflineKit } from "./practice/offline_kit";
import { OfflinePractice } from "./practice/offline_practice";
import { PracticeTimer } from "./practice/practice_timer";
import { ShadowVoice } from "./practice/shadowing";
import { TalkOutline } from "./practice/talk_outline";
import { TelePrompter } from "./practice/tele_prompter";

// Those inside the clock listen before it begins to tell.
customElements.define("talk-outline", TalkOutline);
customElements.define("tele-prompter", TelePrompter);
customElements.define("practice-guide", PracticeGuide);
customElements.define("answer-checklist", AnswerChecklist);
customElements.define("practice-timer", PracticeTimer);
customElements.define("shadow-voice", ShadowVoice);
customElements.define("offline-practice", OfflinePractice);
customElements.define("offline-kit", OfflineKit);
