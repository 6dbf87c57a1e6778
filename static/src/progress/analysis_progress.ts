import { LastingSocket } from "../connection/lasting_socket";
import { backOff } from "../recording/retry";
import { Texts } from "../text/texts";
import { parseUpdate, remaining, STAGES, type Update } from "./update";

const POLL_MS = 3000;
/** Failed connections before the page asks by plain requests instead. */
const PATIENCE = 3;

/**
 * `<analysis-progress data-session data-status-url>`: the stage of a running analysis, told by WebSocket, else by
 * asking every few seconds. When the run is done or failed, the page is loaded again: the server writes what follows.
 */
export class AnalysisProgress extends HTMLElement {
  private readonly texts = new Texts(this);
  private readonly seenAt = performance.now();
  private readonly seenProgress = Number(this.dataset.progress ?? 0);
  private readonly listening = new AbortController();
  private timer = 0;
  private failures = 0;
  private lastSeq = -1;
  private saidStage = "";
  private over = false;

  connectedCallback(): void {
    this.show({
      state: this.dataset.state ?? "",
      stage: this.dataset.stage ?? "",
      progress: this.seenProgress,
    });
    this.listen();
  }

  disconnectedCallback(): void {
    this.over = true;
    clearTimeout(this.timer);
    this.listening.abort();
  }

  private listen(): void {
    const since = (): string => (this.lastSeq >= 0 ? `?last_seq=${this.lastSeq}` : "");
    new LastingSocket(
      () => `/ws/speech-sessions/${this.dataset.session}/${since()}`,
      {
        hear: (message) => this.hear(parseUpdate(message)),
        lost: (failures) => {
          if (failures >= PATIENCE) this.askInstead();
        },
        closedOut: () => this.askInstead(),
      },
      this.listening.signal,
    ).open();
  }

  private hear(update: Update | undefined): void {
    if (!update || (update.seq !== undefined && update.seq < this.lastSeq)) return;
    this.lastSeq = update.seq ?? this.lastSeq;
    this.show(update);
  }

  private askInstead(): void {
    this.listening.abort();
    this.failures = PATIENCE;
    void this.poll();
  }

  private async poll(): Promise<void> {
    if (this.over) return;
    try {
      const answer = await fetch(this.dataset.statusUrl ?? "", {
        headers: { Accept: "application/json" },
      });
      const update = answer.ok ? parseUpdate(await answer.text()) : undefined;
      this.failures = update ? PATIENCE : this.failures + 1;
      if (update) this.show(update);
    } catch {
      this.failures += 1;
    }
    const wait = Math.max(POLL_MS, backOff(this.failures - PATIENCE) * 1000);
    if (!this.over) this.timer = window.setTimeout(() => void this.poll(), wait);
  }

  private show(update: Update): void {
    if (this.over) return;
    if (update.state === "done" || update.state === "failed") {
      this.finish(update.state);
      return;
    }
    const key = update.state === "queued" ? "queued" : `stage-${update.stage}`;
    this.piece("stage").textContent = this.texts.say(key);
    const meter = this.piece<HTMLProgressElement>("meter");
    meter.value = Math.max(meter.value, update.progress);
    const reached = STAGES.indexOf(update.stage);
    for (const [index, item] of [
      ...this.querySelectorAll<HTMLElement>("[data-stage-name]"),
    ].entries()) {
      const running = update.state === "running";
      item.dataset.reached =
        running && index === reached ? "now" : running && index < reached ? "yes" : "no";
    }
    const since = (performance.now() - this.seenAt) / 1000;
    const left = remaining(since, this.seenProgress, update.progress);
    this.piece("left").textContent =
      left === undefined
        ? ""
        : this.texts.say(left > 90 ? "minutes-left" : "seconds-left", rounded(left));
    if (key !== this.saidStage) this.piece("live").textContent = this.texts.say(key);
    this.saidStage = key;
  }

  private finish(state: "done" | "failed"): void {
    this.over = true;
    this.listening.abort();
    this.piece("live").textContent = this.texts.say(state);
    location.reload();
  }

  private piece<Part extends HTMLElement = HTMLElement>(name: string): Part {
    const piece = this.querySelector<Part>(`[data-part="${name}"]`);
    if (!piece) throw new Error(`The progress markup has no part "${name}".`);
    return piece;
  }
}

/** Estimates are told in round numbers: they are not better than that. */
function rounded(seconds: number): { count: number } {
  return {
    count: seconds > 90 ? Math.round(seconds / 60) : Math.max(5, Math.ceil(seconds / 5) * 5),
  };
}
