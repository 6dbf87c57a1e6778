/** One turn sent over HTTP: however often it is, it is one turn by its `client_id`. */
import { csrfToken } from "../connection/csrf";
import { retryAfter, worthRetrying } from "../recording/retry";
import { wavOfPcm16 } from "./pcm";
import type { Message } from "./talk_events";
import type { Turn } from "./turn_store";

export type Sent =
  | { kind: "stored"; messages: Message[] }
  | { kind: "refused" }
  | { kind: "limit" }
  | { kind: "ended" }
  | { kind: "signed-out" }
  | { kind: "later"; seconds: number };

interface Answer {
  learner: Message;
  tutor: Message | null;
}

interface Problem {
  errors?: { code: string }[];
}

export async function sendTurn(turn: Turn, sound: ArrayBuffer[]): Promise<Sent> {
  const address = `/api/v1/conversations/sessions/${turn.session}/`;
  const headers: Record<string, string> = {
    Accept: "application/json",
    "X-CSRFToken": csrfToken(),
  };
  let response: Response;
  try {
    if (turn.text === undefined) {
      const body = new FormData();
      body.append("client_id", turn.id);
      body.append("audio", wavOfPcm16(sound), "turn.wav");
      response = await fetch(`${address}audio/`, { method: "POST", headers, body });
    } else {
      headers["Content-Type"] = "application/json";
      const body = JSON.stringify({ text: turn.text, client_id: turn.id });
      response = await fetch(`${address}text/`, { method: "POST", headers, body });
    }
    return await outcomeOf(response);
  } catch {
    return { kind: "later", seconds: 0 };
  }
}

async function outcomeOf(response: Response): Promise<Sent> {
  if (response.ok) {
    const { learner, tutor } = (await response.json()) as Answer;
    return { kind: "stored", messages: tutor ? [learner, tutor] : [learner] };
  }
  const { status } = response;
  if (status === 401 || status === 403) return { kind: "signed-out" };
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const code = problem.errors?.[0]?.code ?? "";
  if (code === "session_ended") return { kind: "ended" };
  if (code === "daily_limit") return { kind: "limit" };
  const seconds = retryAfter(response.headers.get("Retry-After"));
  if (worthRetrying(status, seconds > 0)) return { kind: "later", seconds };
  return { kind: "refused" };
}

/** The turns of a talk as they stand; undefined where they cannot be had just now. */
export async function messagesOf(session: number): Promise<Message[] | undefined> {
  try {
    const response = await fetch(
      `/api/v1/conversations/sessions/${session}/messages/?page_size=200`,
      { headers: { Accept: "application/json" }, cache: "no-store" },
    );
    if (!response.ok) return undefined;
    return ((await response.json()) as { results: Message[] }).results;
  } catch {
    return undefined;
  }
}
