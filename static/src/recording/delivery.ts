/** Sends until the server has answered: through lost connections, restarts and busy moments. */
import { backOff, pause } from "./retry";
import { type Outcome, type Submission, send } from "./submission";

export interface Waiting {
  seconds: number;
  offline: boolean;
}

export type Settled = Exclude<Outcome, { kind: "unreachable" }>;

/**
 * Resolves with the first answer that no further attempt can change. `onWaiting` is told before every pause;
 * `hurry` (an event target) ends a pause when it receives "now".
 */
export async function deliver(
  submission: Submission,
  onWaiting: (waiting: Waiting) => void,
  hurry: EventTarget,
): Promise<Settled> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await send(submission);
    if (outcome.kind !== "unreachable") return outcome;
    const seconds = backOff(attempt, outcome.retryAfter);
    onWaiting({ seconds, offline: !navigator.onLine });
    const impatience = new AbortController();
    const stop = (): void => impatience.abort();
    submission.signal.addEventListener("abort", stop);
    hurry.addEventListener("now", stop, { once: true });
    await pause(seconds, impatience.signal);
    submission.signal.removeEventListener("abort", stop);
    hurry.removeEventListener("now", stop);
  }
}
