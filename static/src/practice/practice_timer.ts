import { pressesSomething, singleKeysOn, taken } from "../elements/shortcuts";
import { csrfToken } from "../recording/form";
import { Texts } from "../text/texts";
import { clock } from "../text/time";
import { Outbox, type OutboxState } from "./outbox";
import { PracticeRecording } from "./practice_recording";
import { type ClockFacts, lights, outcomeOf, type Step, shareAt, signalAt } from "./reckoning";

const TICK_MS = 200;

/**
 * `<practice-timer>`: one clock over the steps of a practice. The time is reckoned from moments, so a sleeping tab loses
 * none; every change goes to the server through an outbox, from which a reload or another device goes on.
 */
export class PracticeTimer extends HTMLElement {
  private readonly texts = new Texts(this);
  private readonly lifetime = new AbortController();
  private facts!: ClockFacts;
  private spent = 0;
  private since: number | undefined;
  private step = 0;
  private stepBegan = 0;
  private outbox: Outbox | undefined;
  private recording: PracticeRecording | undefined;
  private wakeLock: WakeLockSentinel | undefined;
  private finishing = false;

  connectedCallback(): void {
    const source = document.getElementById(this.dataset.clock ?? "");
    this.facts = JSON.parse(source?.textContent ?? "") as ClockFacts;
    this.spent = this.facts.elapsed;
    this.since = this.facts.paused ? undefined : Date.now();
    this.step = Math.min(this.facts.step, Math.max(0, this.facts.steps.length - 1));
    this.stepBegan = this.facts.stepBegan;
    void this.begin();
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
  }

  private async begin(): Promise<void> {
    const { signal } = this.lifetime;
    const form = this.find<HTMLFormElement>("recording");
    this.outbox = await Outbox.open(
      this.dataset.owner ?? "",
      () => csrfToken(form),
      (state) => this.tellSending(state),
    );
    this.recording = new PracticeRecording(
      form,
      this.find<HTMLInputElement>("record"),
      this.dataset.owner ?? "",
      (key) => this.note(key),
    );
    this.find<HTMLButtonElement>("pause").disabled = false;
    this.find<HTMLButtonElement>("finish").disabled = false;
    this.find("pause").addEventListener("click", () => this.pauseOrGoOn(), { signal });
    this.find("next").addEventListener("click", () => this.endStep(), { signal });
    this.find("finish").addEventListener("click", () => void this.finish(), { signal });
    this.recording.onChange(() => void this.keepRecording());
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    document.addEventListener("visibilitychange", () => void this.stayAwake(), { signal });
    const timer = window.setInterval(() => this.tick(), TICK_MS);
    signal.addEventListener("abort", () => clearInterval(timer));
    this.showStep();
    this.showRunning();
    this.tick();
    await this.stayAwake();
    await this.keepRecording();
    void this.outbox.drain();
  }

  private get elapsed(): number {
    return this.spent + (this.since === undefined ? 0 : (Date.now() - this.since) / 1000);
  }

  private get running(): boolean {
    return this.since !== undefined;
  }

  private get present(): Step | undefined {
    return this.facts.steps[this.step];
  }

  private get isLast(): boolean {
    return this.step >= this.facts.steps.length - 1;
  }

  private tick(): void {
    const into = this.elapsed - this.stepBegan;
    const { present } = this;
    if (this.running && present && !present.spoken && into >= present.seconds && !this.isLast) {
      this.endStep();
      return;
    }
    this.find("time").textContent = clock(into);
    const share = shareAt(present, into);
    this.find<SVGElement>("share").style.strokeDasharray = `${share} 1`;
    const signal = signalAt(present, into) ?? (share >= 1 ? "over" : undefined);
    if (signal === this.dataset.signal) return;
    if (signal) this.dataset.signal = signal;
    else delete this.dataset.signal;
    this.find("signal").textContent = signal ? this.texts.say(signal) : "";
    if (signal) this.find("live").textContent = this.texts.say(signal);
  }

  private pauseOrGoOn(): void {
    if (this.finishing) return;
    const time = clock(this.elapsed);
    if (this.running) {
      this.spent = this.elapsed;
      this.since = undefined;
      this.tellServer("pause", { duration_so_far: Math.floor(this.spent) });
      this.find("live").textContent = this.texts.say("paused", { time });
    } else {
      this.since = Date.now();
      this.tellServer("resume", {});
      this.find("live").textContent = this.texts.say("running", { time });
    }
    this.showRunning();
    void this.stayAwake();
    void this.keepRecording();
  }

  private endStep(): void {
    if (this.finishing || !this.present || this.isLast) return;
    this.markStep();
    this.step += 1;
    this.showStep();
    this.tick();
    void this.keepRecording();
  }

  /** The step that runs is done: how long it took goes to the server. */
  private markStep(): void {
    const seconds = Math.max(0, Math.round(this.elapsed - this.stepBegan));
    this.tellServer(`steps/${this.step + 1}`, { completed: true, seconds });
    this.stepBegan += seconds;
  }

  private async finish(): Promise<void> {
    if (this.finishing || !this.outbox) return;
    this.finishing = true;
    const elapsed = this.elapsed;
    const { steps, id } = this.facts;
    const into = elapsed - this.stepBegan;
    // The last step counts as done once half of it is: the speaker decides when it is said.
    const lastDone = this.present && this.isLast && into * 2 >= this.present.seconds;
    if (lastDone) this.markStep();
    const done = this.step + (lastDone ? 1 : 0);
    this.spent = elapsed;
    this.since = undefined;
    this.showRunning();
    for (const name of ["pause", "next", "finish"])
      this.find<HTMLButtonElement>(name).disabled = true;
    const take = await this.recording?.finish();
    await this.outbox.add({
      url: this.dataset.complete ?? "",
      method: "POST",
      body: {
        session_id: id,
        duration_seconds: Math.min(14_400, Math.round(elapsed)),
        completion_status: outcomeOf(steps, done, elapsed),
        steps_completed: done,
      },
    });
    await this.outbox.drain();
    const sent = take ? await this.recording?.send(take) : true;
    if (sent) location.reload();
    else this.note("kept");
  }

  private tellServer(call: string, body: unknown): void {
    const url = `${this.dataset.session ?? ""}${call}/`;
    void this.outbox?.add({ url, method: "PUT", body });
  }

  private tellSending(state: OutboxState): void {
    if (state === "waiting") this.note("offline");
    else if (state === "refused") this.note("refused");
    else if (state === "sending" && this.finishing) this.note("sending");
    else if (state === "empty" && this.find("note").dataset.key === "offline") this.note("");
  }

  private note(key: string): void {
    const note = this.find("note");
    note.dataset.key = key;
    note.textContent = key ? this.texts.say(key) : "";
  }

  private showRunning(): void {
    const button = this.find("pause");
    const icon = this.running ? "pause" : "play";
    for (const span of button.querySelectorAll<HTMLElement>("[data-icon]"))
      span.hidden = span.dataset.icon !== icon;
    this.find("pause-caption").textContent = this.texts.say(this.running ? "pause" : "go-on");
  }

  private showStep(): void {
    const items = [...this.querySelectorAll<HTMLElement>("[data-part=steps] li")];
    items.forEach((item, index) => {
      item.toggleAttribute("data-done", index < this.step);
      if (index === this.step) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    this.find("text").textContent = items[this.step]?.dataset.text ?? "";
    this.find("next").hidden = this.isLast;
    if (items.length > 1) {
      const values = { number: this.step + 1, count: items.length };
      this.find("place").textContent = this.texts.say("place", values);
      this.find("live").textContent =
        `${this.find("place").textContent}: ${this.present?.title ?? ""}`;
    }
    this.showLights();
  }

  private showLights(): void {
    const list = this.querySelector<HTMLElement>("[data-part=lights]");
    if (!list) return;
    const times = lights(this.present);
    list.hidden = times === undefined;
    if (!times) return;
    for (const name of ["green", "amber", "red"] as const) {
      const item = list.querySelector(`.light-${name}`);
      if (item) item.textContent = this.texts.say(`${name}-at`, { time: clock(times[name]) });
    }
  }

  private async keepRecording(): Promise<void> {
    const spoken = this.present?.spoken ?? true;
    await this.recording?.run(this.running && spoken && !this.finishing);
  }

  /** Keeps the screen on while the clock runs, where the browser can. */
  private async stayAwake(): Promise<void> {
    if (!("wakeLock" in navigator)) return;
    if (this.running && document.visibilityState === "visible" && !this.wakeLock) {
      this.wakeLock = await navigator.wakeLock.request("screen").catch(() => undefined);
      this.wakeLock?.addEventListener("release", () => {
        this.wakeLock = undefined;
      });
    } else if (!this.running) {
      await this.wakeLock?.release();
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (taken(event)) return;
    if (event.key === " " && !pressesSomething(event)) this.pauseOrGoOn();
    else if (event.key === "ArrowRight" && singleKeysOn()) this.endStep();
    else return;
    event.preventDefault();
  }

  private find<Kind extends Element = HTMLElement>(name: string): Kind {
    const found = this.querySelector<Kind>(`[data-part="${name}"]`);
    if (!found) throw new Error(`The clock has no part named "${name}".`);
    return found;
  }
}
