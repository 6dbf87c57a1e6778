/** What the server tells about a run: a WebSocket message, or the answer of the status address. */
export interface Update {
  state: string;
  stage: string;
  progress: number;
  seq?: number;
}

export const STAGES = ["decode", "transcribe", "measure", "feedback"];

/** Reads a message; undefined for one that is not about progress. `done` and `failed` may come as the type alone. */
export function parseUpdate(text: string): Update | undefined {
  let message: Record<string, unknown>;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  const ended = message.type === "done" || message.type === "failed" ? message.type : undefined;
  const state = ended ?? message.state;
  if (typeof state !== "string") return undefined;
  const update: Update = {
    state,
    stage: typeof message.stage === "string" ? message.stage : "",
    progress: Number(message.progress ?? 0) || 0,
  };
  if (typeof message.seq === "number") update.seq = message.seq;
  return update;
}

/** Seconds still to go at the speed so far; undefined while there is too little to go by. */
export function remaining(elapsed: number, from: number, now: number): number | undefined {
  const gained = now - from;
  if (elapsed < 2 || gained < 5 || now >= 100) return undefined;
  return (elapsed * (100 - now)) / gained;
}
