/** The arithmetic of a practice: pure, in seconds. */

export interface Step {
  title: string;
  seconds: number;
  spoken: boolean;
}

/**
 * What the server tells of a session; `elapsed` leaves the breaks out, `now` is the moment it holds for. A practice
 * that began without a connection has no number yet.
 */
export interface ClockFacts {
  id: number | null;
  now: number;
  elapsed: number;
  paused: boolean;
  step: number;
  stepBegan: number;
  /** The seconds of each step that is done. */
  took: number[];
  steps: Step[];
}

export type Signal = "green" | "amber" | "red";
export type Outcome = "completed" | "partial" | "abandoned";

/** When the lights of a step change, as speaking clubs do: at half, three quarters, and the end. */
export function lights(step: Step | undefined): Record<Signal, number> | undefined {
  if (!step?.spoken || step.seconds < 60) return undefined;
  return { green: step.seconds / 2, amber: step.seconds * 0.75, red: step.seconds };
}

export function signalAt(step: Step | undefined, into: number): Signal | undefined {
  const times = lights(step);
  if (!times) return undefined;
  if (into >= times.red) return "red";
  if (into >= times.amber) return "amber";
  return into >= times.green ? "green" : undefined;
}

/** How much of the step is over, 0 to 1. */
export function shareAt(step: Step | undefined, into: number): number {
  return step ? Math.min(1, Math.max(0, into / step.seconds)) : 0;
}

/** Done to the end, or half of its steps or of its time, or less. Without steps any time is all there was to do. */
export function outcomeOf(steps: Step[], stepsDone: number, elapsed: number): Outcome {
  if (steps.length === 0 || stepsDone >= steps.length) return "completed";
  const whole = steps.reduce((sum, step) => sum + step.seconds, 0);
  return stepsDone * 2 >= steps.length || elapsed * 2 >= whole ? "partial" : "abandoned";
}

/** How many steps from `present` on have ended by themselves after `into` seconds: those that nobody speaks in. */
export function stepsOver(steps: Step[], present: number, into: number): number {
  let count = 0;
  let left = into;
  for (const step of steps.slice(present, -1)) {
    if (step.spoken || left < step.seconds) break;
    left -= step.seconds;
    count += 1;
  }
  return count;
}
