/** What the clock of a practice tells the elements inside it. */
import type { Step } from "./reckoning";

/** Some times a second: a `CustomEvent<Tick>` on the clock. */
export const TICK = "practice:tick";
/** How loud the microphone is, 0 (-60 dB) to 1, ten times a second while it records: a `CustomEvent<number>`. */
export const LEVEL = "practice:level";

export interface Tick {
  /** Seconds without the breaks: since the beginning, and since the step began. */
  elapsed: number;
  into: number;
  step: number;
  steps: Step[];
  running: boolean;
}
