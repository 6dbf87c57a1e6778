/** A session's page: the player, the tabs of its report, or the progress of its analysis. */
import { AnalysisProgress } from "./progress/analysis_progress";
import { SessionPlayer } from "./session/player";
import { ReportTabs } from "./session/tabs";
import { SpeechTimeline } from "./session/timeline";

customElements.define("session-player", SessionPlayer);
customElements.define("analysis-progress", AnalysisProgress);
customElements.define("report-tabs", ReportTabs);
customElements.define("speech-timeline", SpeechTimeline);
