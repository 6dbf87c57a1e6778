/** Where in a breath one is: pure, in seconds. */
export type Phase = "in" | "hold" | "out";

export interface Breath {
  phase: Phase;
  /** Whole seconds until the next phase, at least 1. */
  left: number;
  /** How full the lungs are, 0 to 1. */
  fullness: number;
}

/** `pattern` holds the seconds in and out, or in, held and out; breath follows breath. Undefined without a pattern. */
export function breathAt(pattern: readonly number[], into: number): Breath | undefined {
  const [inSeconds = 0, second = 0, third] = pattern;
  const [hold, out] = third === undefined ? [0, second] : [second, third];
  const whole = inSeconds + hold + out;
  if (inSeconds <= 0 || out <= 0) return undefined;
  const at = Math.max(0, into) % whole;
  if (at < inSeconds) return breath("in", inSeconds - at, at / inSeconds);
  if (at < inSeconds + hold) return breath("hold", inSeconds + hold - at, 1);
  return breath("out", whole - at, (whole - at) / out);
}

function breath(phase: Phase, left: number, fullness: number): Breath {
  return { phase, left: Math.max(1, Math.ceil(left)), fullness };
}
