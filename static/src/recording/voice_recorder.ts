import { pressesSomething, singleKeysOn, taken } from "../elements/shortcuts";
import { Texts } from "../text/texts";
import { clock } from "../text/time";
import { Listening } from "./listening";
import { microphones, obstacle, obstacleOf, openMicrophone } from "./microphone";
import { RecorderView } from "./recorder_view";
import { hold, leftOver } from "./recovery";
import { TakeRecorder } from "./take_recorder";
import { TakeSender } from "./take_sender";
import { type Take, TakeStore } from "./take_store";

const CHOSEN = "microphone";
const TICK_MS = 200;

/**
 * `<voice-recorder>`: idle, recording or paused, then review (listen, discard, send) and sending.
 * Every second of a take is on this device before it is on the server, and leaves it only when the server has it.
 */
export class VoiceRecorder extends HTMLElement {
  private readonly view = new RecorderView(this, new Texts(this));
  private readonly lifetime = new AbortController();
  private store: TakeStore | undefined;
  private recording: TakeRecorder | undefined;
  private take: Take | undefined;
  private listening: Listening | undefined;
  private sender: TakeSender | undefined;
  private levels: number[] = [];
  private letGo: () => void = () => undefined;
  private timer = 0;

  connectedCallback(): void {
    const problem = obstacle();
    if (problem) {
      this.view.explain(problem);
      return;
    }
    const { signal } = this.lifetime;
    this.view.onPress({
      main: () => void this.pressMain(),
      finish: () => void this.pressFinish(),
      discard: () => this.view.askToDiscard(this.seconds, () => void this.discard()),
      again: () => this.sender?.tryNow(),
      stop: () => this.sender?.cancel(),
    });
    document.addEventListener("keydown", (event) => this.onKey(event), { signal });
    addEventListener("beforeunload", (event) => this.recording && event.preventDefault(), {
      signal,
    });
    void this.begin();
  }

  disconnectedCallback(): void {
    this.lifetime.abort();
    void this.recording?.finish();
  }

  /** Whether a take waits to be sent; the form's own submit button then sends it. */
  get hasTake(): boolean {
    return this.take !== undefined;
  }

  get isRecording(): boolean {
    return this.recording !== undefined;
  }

  async send(): Promise<void> {
    if (!this.take || !this.store || this.sender) return;
    const { audio } = await this.store.read(this.take);
    this.listening?.close();
    this.listening = undefined;
    this.view.show("sending");
    const sender = new TakeSender(this.form, this.take, audio, this.view);
    this.sender = sender;
    const outcome = await sender.deliver();
    this.sender = undefined;
    if (outcome.kind === "stored") {
      await this.store.delete(this.take.id);
      this.take = undefined;
      location.assign(outcome.url);
      return;
    }
    // what is sent next differs from what was refused, so it is another request
    if (outcome.kind === "refused") this.take.key = crypto.randomUUID();
    await this.store.save(this.take);
    await this.review(this.take);
    sender.explain(outcome);
  }

  private get form(): HTMLFormElement {
    const form = this.closest("form");
    if (!form) throw new Error("A recorder stands inside the form that it sends.");
    return form;
  }

  private get owner(): string {
    return this.dataset.owner ?? "";
  }

  private get seconds(): number {
    return this.recording?.seconds ?? this.take?.seconds ?? 0;
  }

  private async begin(): Promise<void> {
    try {
      this.store = await TakeStore.open();
    } catch {
      this.view.explain("unsupported");
      return;
    }
    this.view.show("idle");
    await this.listMicrophones();
    const left = await leftOver(this.store, this.owner);
    if (!left || this.recording) return;
    await this.review(left);
    this.view.tell("recovered", { time: clock(left.seconds) });
  }

  private async listMicrophones(): Promise<void> {
    this.view.offerMicrophones(await microphones(), localStorage.getItem(CHOSEN) ?? "");
  }

  private async pressMain(): Promise<void> {
    if (this.sender) return;
    if (this.take) this.listening?.toggle();
    else if (this.recording) this.pauseOrResume();
    else await this.record();
  }

  private async pressFinish(): Promise<void> {
    if (this.recording) await this.finish();
    else if (this.take) await this.send();
  }

  private async record(): Promise<void> {
    if (!this.store || this.view.state !== "idle") return;
    this.view.show("asking");
    let stream: MediaStream;
    try {
      stream = await openMicrophone(this.view.microphone);
    } catch (error) {
      this.view.show("idle");
      this.view.explain(obstacleOf(error));
      return;
    }
    if (this.view.microphone) localStorage.setItem(CHOSEN, this.view.microphone);
    this.recording = new TakeRecorder(stream, this.store, this.owner, {
      onLevel: (level, peak) => this.view.hear(level, peak, this.recording?.levels ?? []),
      onStorageFailure: () => void this.finishBecause("full"),
      onMicrophoneLost: () => void this.finishBecause("lost"),
    });
    this.letGo = hold(this.recording.take);
    this.timer = window.setInterval(() => this.tick(), TICK_MS);
    this.view.show("recording");
    await this.listMicrophones();
  }

  private tick(): void {
    this.view.showTime(this.seconds);
    const limit = Number(this.dataset.maxSeconds) || Number.POSITIVE_INFINITY;
    if (this.seconds >= limit) void this.finishBecause("limit");
  }

  private pauseOrResume(): void {
    if (!this.recording) return;
    if (this.recording.paused) this.recording.resume();
    else this.recording.pause();
    this.view.show(this.recording.paused ? "paused" : "recording", { time: clock(this.seconds) });
  }

  private async finishBecause(reason: "full" | "lost" | "limit"): Promise<void> {
    const time = clock(this.seconds);
    await this.finish();
    this.view.tell(reason, { time });
  }

  private async finish(): Promise<void> {
    const recording = this.recording;
    if (!recording) return;
    this.recording = undefined;
    clearInterval(this.timer);
    const take = await recording.finish().catch(() => recording.take);
    await this.review(take);
  }

  private async review(take: Take): Promise<void> {
    if (!this.store) return;
    const { audio, levels } = await this.store.read(take);
    this.take = take;
    this.levels = levels;
    this.letGo();
    this.letGo = hold(take);
    this.listening = new Listening(audio, take.seconds, () => this.showListening());
    this.view.show("review", { time: clock(take.seconds) });
    this.showListening();
  }

  private showListening(): void {
    if (!this.listening || !this.take) return;
    const { playing, position, share } = this.listening;
    this.view.showListening(playing, position, this.take.seconds, share, this.levels);
  }

  private async discard(): Promise<void> {
    const take = this.recording ? await this.recording.finish() : this.take;
    this.recording = undefined;
    clearInterval(this.timer);
    this.listening?.close();
    this.listening = undefined;
    this.take = undefined;
    if (take) await this.store?.delete(take.id);
    this.letGo();
    this.view.show("idle");
    this.view.tell("discarded");
  }

  private onKey(event: KeyboardEvent): void {
    if (taken(event) || this.sender) return;
    const { state } = this.view;
    if (event.key === "r" && state === "idle" && singleKeysOn()) void this.record();
    else if (event.key === " " && state !== "idle" && !pressesSomething(event))
      void this.pressMain();
    else if (event.key === "Enter" && this.recording && !this.view.pressesAnother(event))
      void this.finish();
    else return;
    event.preventDefault();
  }
}
