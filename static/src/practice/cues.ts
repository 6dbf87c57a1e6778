/** Signals that can be heard or felt, for whoever wants them; the choice is remembered on this device. */
import type { Signal } from "./reckoning";

export type Cue = Signal | "step" | "over";

const TONES: Record<Cue, number[]> = {
  step: [660],
  green: [660, 660],
  amber: [660, 880],
  red: [880, 880, 880],
  over: [880, 880, 880],
};
const TONE_SECONDS = 0.14;
const GAP_SECONDS = 0.1;

function remember(box: HTMLInputElement, key: string): void {
  box.checked = localStorage.getItem(key) === "yes";
  box.addEventListener("change", () => localStorage.setItem(key, box.checked ? "yes" : "no"));
}

export class Cues {
  private context: AudioContext | undefined;

  constructor(
    private readonly sound: HTMLInputElement,
    private readonly vibration: HTMLInputElement,
    signal: AbortSignal,
  ) {
    remember(sound, "practice-sound");
    remember(vibration, "practice-vibration");
    const label = vibration.closest("label");
    if (label) label.hidden = !("vibrate" in navigator);
    // Browsers let a page sound only after somebody touched it.
    for (const touch of ["pointerdown", "keydown", "change"])
      document.addEventListener(touch, () => this.wake(), { signal });
    signal.addEventListener("abort", () => void this.context?.close());
  }

  give(cue: Cue): void {
    const tones = TONES[cue];
    if (this.vibration.checked && "vibrate" in navigator)
      navigator.vibrate(tones.flatMap(() => [160, 90]));
    if (this.sound.checked) this.play(tones);
  }

  private wake(): void {
    if (!this.sound.checked) return;
    this.context ??= new AudioContext();
    if (this.context.state === "suspended") void this.context.resume();
  }

  private play(tones: number[]): void {
    this.wake();
    const { context } = this;
    if (context?.state !== "running") return;
    tones.forEach((frequency, place) => {
      const start = context.currentTime + place * (TONE_SECONDS + GAP_SECONDS);
      const tone = new OscillatorNode(context, { frequency });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setTargetAtTime(0.2, start, 0.01);
      volume.gain.setTargetAtTime(0, start + TONE_SECONDS - 0.04, 0.015);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + TONE_SECONDS + 0.05);
    });
  }
}
