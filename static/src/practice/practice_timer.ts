import { pressesSomething, singleKeysOn, taken } from "../elements/shortcuts";
import { holdName } from "../recording/recovery";
import { Texts } from "../text/texts";
import { clock } from "../text/time";
import { ClockFace } from "./clock_face";
import { Cues } from "./cues";
import { clockLock } from "./left_takes";
import { type Heard, LivePractice } from "./live";
import { Outbox, type OutboxState } from "./outbox";
import { type Change, clockOf, PracticeLog } from "./practice_log";
import { PracticeRecording } from "./practice_recording";
import type { ClockState } from "./practices";
import { type ClockFacts, outcomeOf, type Step, stepsOver } from "./reckoning";
import { ScreenLight } from "./screen";
import { agree } from "./session_state";
import { TICK, type Tick } from "./ticks";

const TICK_MS = 200;
const LONGEST = 14_400;

/**
 * `<practice-timer>`: one clock over the steps of a practice. The time is reckoned from moments, so a sleeping tab loses
 * none; every change is stored on this device and goes to the server through the outbox, from which a reload or another
 * device goes on.
 */
export class PracticeTimer extends HTMLElement {
  private readonly texts = new Texts(this);
  private readonly lifetime = new AbortController();
  private facts!: ClockFacts;
  private now!: ClockState;
  private face!: ClockFace;
  private cues!: Cues;
  private light!: ScreenLight;
  private outbox!: Outbox;
  private log!: PracticeLog;
  private recording!: PracticeRecording;
  private live!: LivePractice;
  private finishing = false;
  /** Another device was heard while this one still had something to tell. */
  private missed = false;

  connectedCallback(): void {
    const source = document.getElementById(this.dataset.clock ?? "");
    this.facts = JSON.parse(source?.textContent ?? "") as ClockFacts;
    this.now = clockOf(this.facts);
    void this.begin();
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
  }

  private async begin(): Promise<void> {
    const { signal } = this.lifetime;
    const owner = this.dataset.owner ?? "";
    this.face = new ClockFace(this, this.texts);
    this.light = new ScreenLight(signal);
    this.cues = new Cues(this.piece("sound"), this.piece("vibration"), signal);
    this.outbox = await Outbox.of(owner);
    this.log = await PracticeLog.open(this.outbox, this.dataset.name ?? "", this.facts);
    const { name } = this.log;
    this.now = this.log.clock;
    this.now.step = Math.min(this.now.step, Math.max(0, this.facts.steps.length - 1));
    signal.addEventListener("abort", holdName(clockLock(name)));
    this.recording = new PracticeRecording(this.piece("record"), owner, name, (key) =>
      this.face.note(key),
    );
    if (this.log.ended) {
      await this.deliver();
      return;
    }
    const names = new Set([name, this.dataset.name ?? ""]);
    this.live = new LivePractice(names, this.facts.id, (heard) => this.hear(heard), signal);
    this.listen(signal);
    this.face.enable(["pause", "finish"]);
    this.face.showSteps(this.facts.steps, this.now.step);
    this.showRunning();
    this.tick();
    this.outbox.watch((state) => this.tellSending(state), signal);
    this.live.listen(this.facts.now * 1000);
    void this.outbox.drain();
  }

  /** What another device did counts here too; what this one did and the server has not heard yet comes first. */
  private hear(heard: Heard): void {
    if (this.finishing) return;
    if (heard === "gone") location.replace("/practice/");
    else if (heard === "ended") void this.endedElsewhere();
    else if (this.log.isAhead) this.missed = true;
    else if (!agree(this.now, heard, Date.now())) {
      const wasRunning = this.running;
      this.now = { ...heard, step: Math.min(heard.step, Math.max(0, this.facts.steps.length - 1)) };
      this.note();
      this.face.showSteps(this.facts.steps, this.now.step);
      const time = clock(this.elapsed);
      if (wasRunning !== this.running) this.face.say(this.running ? "running" : "paused", { time });
      this.showRunning();
      this.tick();
    }
  }

  private async endedElsewhere(): Promise<void> {
    this.finishing = true;
    this.face.close();
    const take = await this.recording.finish();
    await this.log.end(this.now, [], take);
    await this.deliver();
  }

  private listen(signal: AbortSignal): void {
    const on = (part: string, act: () => void): void =>
      this.piece(part).addEventListener("click", act, { signal });
    on("pause", () => this.pauseOrGoOn());
    on("back", () => this.stepBack());
    on("next", () => this.endStep());
    on("finish", () => void this.finish());
    this.recording.onChange(() => void this.keepRecording());
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    document.addEventListener("visibilitychange", () => this.tick(), { signal });
    const timer = window.setInterval(() => this.tick(), TICK_MS);
    signal.addEventListener("abort", () => clearInterval(timer));
  }

  private get elapsed(): number {
    const { spent, since } = this.now;
    return spent + (since === null ? 0 : Math.max(0, Date.now() - since) / 1000);
  }

  private get running(): boolean {
    return this.now.since !== null;
  }

  private get present(): Step | undefined {
    return this.facts.steps[this.now.step];
  }

  private get isLast(): boolean {
    return this.now.step >= this.facts.steps.length - 1;
  }

  private tick(): void {
    if (this.finishing) return;
    if (this.running) this.endStepsThatAreOver();
    const into = this.elapsed - this.now.stepBegan;
    const before = this.dataset.signal;
    const signal = this.face.show(this.present, into);
    if (signal && signal !== before && this.running) this.cues.give(signal);
    const { elapsed, running } = this;
    const detail: Tick = { elapsed, into, step: this.now.step, steps: this.facts.steps, running };
    this.dispatchEvent(new CustomEvent(TICK, { detail }));
  }

  /** Steps that nobody speaks in end by themselves, at their time even if the tab slept through it. */
  private endStepsThatAreOver(): void {
    const over = stepsOver(this.facts.steps, this.now.step, this.elapsed - this.now.stepBegan);
    if (over === 0) return;
    const changes: Change[] = [];
    for (let count = 0; count < over; count += 1) {
      changes.push(this.closeStep(this.now.stepBegan + (this.present?.seconds ?? 0)));
    }
    this.showStep(changes);
    this.cues.give("step");
  }

  private pauseOrGoOn(): void {
    if (this.finishing) return;
    const time = clock(this.elapsed);
    const at = new Date().toISOString();
    if (this.running) {
      this.now = { ...this.now, spent: this.elapsed, since: null };
      this.note({ op: "pause", at, duration_so_far: this.whole });
      this.face.say("paused", { time });
    } else {
      this.now = { ...this.now, since: Date.now() };
      this.note({ op: "resume", at });
      this.face.say("running", { time });
    }
    this.showRunning();
  }

  private endStep(): void {
    if (this.finishing || !this.present || this.isLast) return;
    this.showStep([this.closeStep(this.elapsed)]);
  }

  /** The step before begins again; the time it had counts on in it. */
  private stepBack(): void {
    if (this.finishing || this.now.step === 0) return;
    const { took, step } = this.now;
    const earlier = took.slice(0, step - 1);
    const seconds = Math.max(0, Math.round(this.elapsed - sum(earlier)));
    this.now = { ...this.now, step: step - 1, took: earlier, stepBegan: sum(earlier) + seconds };
    this.showStep([{ op: "step", number: step, completed: false, seconds }]);
  }

  /** The step that runs ends when `elapsed` seconds were spent in all; the next one begins. */
  private closeStep(elapsed: number): Change {
    const { took, step } = this.now;
    const seconds = Math.max(0, Math.round(elapsed - sum(took)));
    this.now = { ...this.now, took: [...took, seconds], stepBegan: sum(took) + seconds };
    if (!this.isLast) this.now.step += 1;
    return { op: "step", number: step + 1, completed: true, seconds };
  }

  private showStep(changes: Change[]): void {
    this.note(...changes);
    this.face.showSteps(this.facts.steps, this.now.step);
    this.face.show(this.present, this.elapsed - this.now.stepBegan);
    void this.keepRecording();
  }

  private async finish(): Promise<void> {
    if (this.finishing) return;
    this.finishing = true;
    const elapsed = this.elapsed;
    const at = new Date().toISOString();
    const into = elapsed - this.now.stepBegan;
    // The last step counts as done once half of it is: the speaker decides when it is said.
    const lastDone = this.present && this.isLast && into * 2 >= this.present.seconds;
    const changes = lastDone ? [this.closeStep(elapsed)] : [];
    const done = this.now.took.length;
    this.now = { ...this.now, spent: elapsed, since: null };
    this.showRunning();
    this.face.close();
    const take = await this.recording.finish();
    const ended: Change = {
      op: "complete",
      at,
      duration_seconds: this.whole,
      completion_status: outcomeOf(this.facts.steps, done, elapsed),
      steps_completed: done,
    };
    await this.log.end(this.now, [...changes, ended], take);
    await this.deliver();
  }

  /** Sends an ended practice, however long that takes, and shows how it went. */
  private async deliver(): Promise<void> {
    this.finishing = true;
    this.face.showSteps(this.facts.steps, this.now.step);
    this.face.show(this.present, this.elapsed - this.now.stepBegan);
    this.face.close();
    this.showRunning();
    this.outbox.watch((state) => this.tellSending(state), this.lifetime.signal);
    await this.outbox.drain();
    if (this.outbox.state === "signed-out") return;
    const result = await this.log.result();
    if (result) location.replace(result);
    else this.face.note("refused");
  }

  private get whole(): number {
    return Math.min(LONGEST, Math.round(this.elapsed));
  }

  private note(...changes: Change[]): void {
    if (changes.length > 0) this.live.outdate();
    void this.log.note(this.now, ...changes);
  }

  private tellSending(state: OutboxState): void {
    if (state === "waiting") this.face.note(this.finishing ? "finished" : "offline");
    else if (state === "signed-out") this.face.note("signed-out");
    else if (state === "refused") this.face.note("refused");
    else if (state === "sending" && this.finishing) this.face.note("sending");
    else if (state === "empty") this.face.forget("offline");
    if (state !== "empty" || !this.missed) return;
    this.missed = false;
    void this.live.ask();
  }

  private showRunning(): void {
    this.face.showRunning(this.running);
    void this.light.keep(this.running);
    void this.keepRecording();
  }

  private async keepRecording(): Promise<void> {
    if (this.finishing) return;
    const spoken = this.present?.spoken ?? true;
    await this.recording.run(this.running && spoken);
  }

  private onKey(event: KeyboardEvent): void {
    if (taken(event)) return;
    if (event.key === " " && !pressesSomething(event)) this.pauseOrGoOn();
    else if (event.key === "ArrowRight" && singleKeysOn()) this.endStep();
    else if (event.key === "ArrowLeft" && singleKeysOn()) this.stepBack();
    else return;
    event.preventDefault();
  }

  private piece<Kind extends Element = HTMLInputElement>(name: string): Kind {
    return this.face.part<Kind>(name);
  }
}

function sum(seconds: number[]): number {
  return seconds.reduce((total, each) => total + each, 0);
}
