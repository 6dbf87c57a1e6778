/** The clock of a practice. */
import { PracticeTimer } from "./practice/practice_timer";

customElements.define("practice-timer", PracticeTimer);
