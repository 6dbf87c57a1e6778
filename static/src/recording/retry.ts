const FIRST = 1;
const LONGEST = 60;

/**
 * Seconds to wait before attempt `attempt` + 1: doubling from one second to a minute, spread by up to a fifth so that
 * many clients do not come back at the same instant. What the server asked for (`Retry-After`) is the least.
 */
export function backOff(attempt: number, asked = 0, random: () => number = Math.random): number {
  const doubled = Math.min(LONGEST, FIRST * 2 ** Math.max(0, attempt - 1));
  return Math.max(asked, doubled * (1 - random() / 5));
}

/** The seconds of a Retry-After header: a number or a date; 0 when there is none. */
export function retryAfter(header: string | null, now = Date.now()): number {
  if (!header) return 0;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, (date - now) / 1000);
}

/** Whether another attempt can heal the answer: a conflict only when the server says to come back. */
export function worthRetrying(status: number, toldWhen: boolean): boolean {
  if (status === 409) return toldWhen;
  return status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;
}

/** Waits `seconds`, less if the connection comes back or `signal` fires. */
export function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, seconds * 1000);
    addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}
