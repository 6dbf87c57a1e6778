/** A session's page: the player, or the progress of its analysis. */
import { AnalysisProgress } from "./progress/analysis_progress";
import { SessionPlayer } from "./session/player";

customElements.define("session-player", SessionPlayer);
customElements.define("analysis-progress", AnalysisProgress);
