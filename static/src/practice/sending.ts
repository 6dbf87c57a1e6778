/**
 * Sends what waits of a person's practice, in the order in which it happened. Runs in pages and in the service worker,
 * so it knows no document; the lock keeps the two, and other tabs, from sending at once.
 */
import { retryAfter, worthRetrying } from "../recording/retry";
import { multipart, outcomeOf } from "../recording/submission";
import { TakeStore } from "../recording/take_store";
import type { Practices, Waiting } from "./practices";

export type Sent =
  | { kind: "done"; refused: number }
  | { kind: "later"; seconds: number }
  /** Nobody, or somebody else, is signed in; what waits goes on waiting for its owner. */
  | { kind: "signed-out" };

const ME = "/api/v1/auth/me/";
const SYNC = "/api/v1/practice/sync/";
const MOST = 100;
const EXTENSIONS: Record<string, string> = { "audio/mp4": "m4a", "audio/ogg": "ogg" };

interface Result {
  key: string;
  status: number;
  body?: { session_id?: number };
  error?: { errors: { code: string }[] };
}

/** Sends until nothing waits or something keeps it from going on. `csrfToken` is asked anew for every request. */
export async function sendWaiting(
  practices: Practices,
  csrfToken: () => Promise<string>,
): Promise<Sent> {
  const send = () => new Sending(practices, csrfToken).run();
  if (!navigator.locks) return send();
  return (await navigator.locks.request("practice-outbox", send)) as Sent;
}

class Sending {
  private refused = 0;
  private most = MOST;

  constructor(
    private readonly practices: Practices,
    private readonly csrfToken: () => Promise<string>,
  ) {}

  async run(): Promise<Sent> {
    let waiting = await this.practices.waiting();
    if (waiting.length === 0) return { kind: "done", refused: 0 };
    const hindrance = await this.check();
    if (hindrance) return hindrance;
    for (; waiting[0]; waiting = await this.practices.waiting()) {
      const stopped = waiting[0].take ? await this.sendTake(waiting[0]) : await this.sync(waiting);
      if (stopped) return stopped;
    }
    return { kind: "done", refused: this.refused };
  }

  /** Another person may have signed in since: their account must not be given what waits here. */
  private async check(): Promise<Sent | undefined> {
    const response = await ask(ME, {});
    const stopped = stopOf(response);
    if (stopped || !response) return stopped;
    const person = response.ok ? await response.json() : {};
    return String(person.id) === this.practices.owner ? undefined : { kind: "signed-out" };
  }

  private async sync(waiting: Waiting[]): Promise<Sent | undefined> {
    const takeAt = waiting.findIndex((each) => each.take);
    const batch = waiting.slice(0, Math.min(this.most, takeAt < 0 ? MOST : takeAt));
    const response = await ask(SYNC, {
      method: "POST",
      headers: { ...(await this.headers()), "Content-Type": "application/json" },
      body: JSON.stringify({
        sent_at: new Date().toISOString(),
        operations: batch.map((each) => ({ key: each.key, ...each.operation })),
      }),
    });
    const stopped = stopOf(response);
    if (stopped || !response) return stopped;
    if (response.status === 404) return { kind: "later", seconds: 60 };
    if (!response.ok) {
      // One change that cannot even be read must not hold up the others: found by sending one by one.
      const [first] = batch;
      if (first && batch.length === 1) await this.refuse(first);
      this.most = 1;
      return undefined;
    }
    const { results } = (await response.json()) as { results: Result[] };
    return this.take(batch, results);
  }

  private async take(batch: Waiting[], results: Result[]): Promise<Sent | undefined> {
    let settled = 0;
    for (const each of batch) {
      const result = results.find((one) => one.key === each.key);
      if (!result) continue;
      if (result.status < 300) await this.accept(each, result);
      else if (result.error?.errors[0]?.code === "earlier_refused") continue;
      else if (worthRetrying(result.status, false)) continue;
      else await this.refuse(each);
      settled += 1;
    }
    return settled > 0 ? undefined : { kind: "later", seconds: 0 };
  }

  private async accept(sent: Waiting, result: Result): Promise<void> {
    const id = result.body?.session_id;
    const practice = await this.practices.get(sent.practice);
    if (id !== undefined && practice?.id === null) await this.practices.number(practice.name, id);
    await this.practices.settle(sent);
  }

  /** What the server will not have is not sent again; a practice whose exercise is gone becomes a free one. */
  private async refuse(refused: Waiting): Promise<void> {
    const { operation } = refused;
    if (operation?.op === "start" && ("sequence_id" in operation || "question_id" in operation)) {
      const { op, session, at } = operation;
      const key = crypto.randomUUID();
      await this.practices.change({ ...refused, key, operation: { op, session, at } });
      return;
    }
    this.refused += 1;
    await this.practices.settle(refused);
  }

  private async sendTake(waiting: Waiting): Promise<Sent | undefined> {
    const store = await TakeStore.open();
    try {
      const take = (await store.takesOf(this.practices.owner)).find(
        (each) => each.id === waiting.take,
      );
      const practice = await this.practices.get(waiting.practice);
      if (!take || !practice?.id) {
        if (take) await store.save({ ...take, practice: undefined });
        await this.practices.settle(waiting);
        return undefined;
      }
      const { audio } = await store.read(take);
      const name = `recording.${EXTENSIONS[take.mimeType] ?? (take.mimeType === "audio/wav" ? "wav" : "webm")}`;
      const file = { field: "audio_file", name, body: audio };
      const response = await ask(`/practice/${practice.id}/recording/`, {
        method: "POST",
        headers: { ...(await this.headers()), "Idempotency-Key": take.key },
        body: multipart({ key: take.key, fields: [], file }),
      });
      const stopped = stopOf(response);
      if (stopped || !response) return stopped;
      const outcome = outcomeOf(response.status, await response.text(), null);
      if (outcome.kind === "stored") await store.delete(take.id);
      else {
        // Nothing spoken is lost: the recorder's page offers it.
        await store.save({ ...take, practice: undefined });
        this.refused += 1;
      }
      await this.practices.settle(waiting);
      return undefined;
    } finally {
      store.close();
    }
  }

  private async headers(): Promise<Record<string, string>> {
    return { Accept: "application/json", "X-CSRFToken": await this.csrfToken() };
  }
}

async function ask(url: string, options: RequestInit): Promise<Response | undefined> {
  try {
    return await fetch(url, { ...options, cache: "no-store" });
  } catch {
    return undefined;
  }
}

/** Why sending cannot go on, if it cannot. Whose it is was asked before, so 403 is a sign-in that ended or changed. */
function stopOf(response: Response | undefined): Sent | undefined {
  if (!response) return { kind: "later", seconds: 0 };
  const { status, headers } = response;
  if (status === 401 || status === 403) return { kind: "signed-out" };
  const wanted = headers.get("Retry-After");
  if (worthRetrying(status, wanted !== null)) return { kind: "later", seconds: retryAfter(wanted) };
  return undefined;
}
