import { MicrophoneFeed } from "./microphone_feed";
import { pcm16 } from "./pcm";
import { VoiceGate } from "./voice_gate";

/** So much of what was heard before a voice was sure belongs to it: 0.4 s. */
const BEFORE = 20;
/** No turn is longer (frames: two minutes). */
const LONGEST = 6000;

/** How the open turn ends: by silence or a press, by letting go, or by silence with the next one to follow. */
export type Mode = "press" | "hold" | "hands-free";

/** Who is told when somebody speaks. */
export interface TurnEars {
  began(): void;
  sound(pcm: ArrayBuffer): void;
  /** `heard`: there was a voice in it; `left`: it was left out by hand. */
  ended(heard: boolean, left: boolean): void;
}

/** Decides what of the microphone's sound is a turn. */
export class TurnTaker {
  private readonly gate: VoiceGate;
  private readonly before: Float32Array[] = [];
  private feed: MicrophoneFeed | undefined;
  private opening: Promise<void> | undefined;
  private frames = 0;
  private heard = false;
  private isOpen = false;
  private isFree = false;
  mode: Mode = "press";

  constructor(
    private readonly worklet: string,
    patience: number,
    private readonly ears: TurnEars,
  ) {
    this.gate = new VoiceGate(patience);
  }

  /** Whether a turn is being spoken. */
  get isListening(): boolean {
    return this.isOpen;
  }

  get isHandsFree(): boolean {
    return this.isFree;
  }

  set partnerSpeaks(speaks: boolean) {
    this.gate.partnerSpeaks = speaks;
  }

  /** Begins a turn by hand; throws what the browser throws where there is no microphone. */
  async begin(mode: Mode): Promise<void> {
    this.mode = mode;
    await this.open();
    if (this.isOpen) return;
    this.gate.open();
    this.start();
  }

  /** From now on every voice is a turn, or no more. */
  async setHandsFree(on: boolean): Promise<void> {
    if (on) await this.open();
    this.isFree = on;
    this.mode = on ? "hands-free" : "press";
    if (!on && !this.isOpen) this.close();
  }

  /** The turn is over: all was said. */
  finish(): void {
    if (this.isOpen) this.end(this.heard);
  }

  /** What is being said is left out. */
  cancel(): void {
    if (this.isOpen) this.end(false, true);
  }

  close(): void {
    this.isFree = false;
    this.feed?.close();
    this.feed = undefined;
  }

  private open(): Promise<void> {
    if (this.feed) return Promise.resolve();
    this.opening ??= MicrophoneFeed.open(this.worklet, (frame) => this.hear(frame))
      .then((feed) => {
        this.feed = feed;
      })
      .finally(() => {
        this.opening = undefined;
      });
    return this.opening;
  }

  private hear(frame: Float32Array): void {
    if (!this.isOpen && !this.isFree) return;
    const event = this.gate.hear(frame);
    if (this.isOpen) {
      this.frames += 1;
      this.heard ||= this.gate.heardVoice;
      this.ears.sound(pcm16(frame));
      const isOver = event === "ended" && this.mode !== "hold";
      if (isOver || this.frames > LONGEST) this.end(this.heard);
      // Who holds the button decides; the silence in between ends nothing.
      else if (event === "ended") this.gate.open();
      return;
    }
    this.before.push(frame);
    if (this.before.length > BEFORE) this.before.shift();
    if (event === "began") this.start();
  }

  private start(): void {
    this.isOpen = true;
    this.frames = 0;
    this.heard = this.gate.heardVoice;
    this.ears.began();
    for (const frame of this.before.splice(0)) this.ears.sound(pcm16(frame));
  }

  private end(heard: boolean, left = false): void {
    this.isOpen = false;
    this.gate.close();
    this.mode = this.isFree ? "hands-free" : "press";
    if (!this.isFree) this.close();
    this.ears.ended(heard, left);
  }
}
