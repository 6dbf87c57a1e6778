import { type Outcome, outcomeOf, send } from "../recording/submission";

export interface PhraseTaken {
  /** From 1. */
  number: number;
  model_seconds: number | null;
  own_seconds: number;
}

export interface Phrases {
  /** The numbers of the phrases that were said, of `count`. */
  done: number[];
  count: number;
  seconds: number;
  phrases: PhraseTaken[];
  audio: Blob | undefined;
}

/** What became of it: stored, or the key of the sentence that says why not. */
export type Sent = "stored" | "refused" | "signed-out" | "offline";

/** Ends a practice: times, recording and outcome in one call, which can be sent again under its key. */
export async function sendPhrases(
  url: string,
  csrfToken: string,
  key: string,
  { done, count, seconds, phrases, audio }: Phrases,
): Promise<Sent> {
  const said = {
    done,
    duration_seconds: Math.round(seconds),
    completion_status: statusOf(done.length, count),
    phrases,
  };
  const outcome = audio
    ? await send({
        url,
        csrfToken,
        key,
        fields: [["said", JSON.stringify(said)]],
        file: { field: "audio_file", name: "phrases.wav", body: audio },
        onProgress: () => undefined,
        signal: new AbortController().signal,
      })
    : await post(url, csrfToken, key, said);
  if (outcome.kind === "unreachable" || outcome.kind === "cancelled") return "offline";
  return outcome.kind;
}

function statusOf(done: number, count: number): "completed" | "partial" | "abandoned" {
  if (done >= count) return "completed";
  return done * 2 >= count ? "partial" : "abandoned";
}

async function post(url: string, csrfToken: string, key: string, said: object): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        "X-CSRFToken": csrfToken,
      },
      body: JSON.stringify({ said }),
    });
    return outcomeOf(response.status, await response.text(), response.headers.get("Retry-After"));
  } catch {
    return { kind: "unreachable", retryAfter: 0 };
  }
}
