/** Calls to the server that wait on this device until they got through, one after the other, in their order. */
import { backOff, pause, retryAfter, worthRetrying } from "../recording/retry";

export interface Call {
  url: string;
  method: "PUT" | "POST";
  body: unknown;
}

interface Waiting extends Call {
  id?: number;
  owner: string;
  key: string;
}

export type OutboxState = "sending" | "waiting" | "refused" | "empty";

const CALLS = "calls";

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

export class Outbox {
  private sending: Promise<void> | undefined;
  private readonly hurry = new EventTarget();

  private constructor(
    private readonly database: IDBDatabase,
    private readonly owner: string,
    private readonly csrfToken: () => string,
    private readonly tell: (state: OutboxState) => void,
  ) {
    addEventListener("online", () => this.hurry.dispatchEvent(new Event("now")));
  }

  static async open(
    owner: string,
    csrfToken: () => string,
    tell: (state: OutboxState) => void,
  ): Promise<Outbox> {
    const request = indexedDB.open("verbalcoach-outbox", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(CALLS, { keyPath: "id", autoIncrement: true });
    };
    return new Outbox(await settled(request), owner, csrfToken, tell);
  }

  async add(call: Call): Promise<void> {
    const waiting: Waiting = { ...call, owner: this.owner, key: crypto.randomUUID() };
    await settled(this.store("readwrite").add(waiting));
    void this.drain();
  }

  /** Sends what waits; resolves when nothing does any more. */
  drain(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => {
      this.sending = undefined;
    });
    return this.sending;
  }

  private async sendAll(): Promise<void> {
    for (let next = await this.first(); next; next = await this.first()) {
      this.tell("sending");
      const accepted = await this.send(next);
      if (next.id !== undefined) await settled(this.store("readwrite").delete(next.id));
      if (!accepted) this.tell("refused");
    }
    this.tell("empty");
  }

  /** Whether the server took it; what it refuses for good is not sent again. */
  private async send(call: Waiting): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.ask(call);
      if (response && !worthRetrying(response.status, response.headers.has("Retry-After")))
        return response.ok;
      this.tell("waiting");
      const impatience = new AbortController();
      this.hurry.addEventListener("now", () => impatience.abort(), { once: true });
      const wanted = retryAfter(response?.headers.get("Retry-After") ?? null);
      await pause(backOff(attempt, wanted), impatience.signal);
    }
  }

  private async ask(call: Waiting): Promise<Response | undefined> {
    try {
      return await fetch(call.url, {
        method: call.method,
        headers: {
          Accept: "application/json",
          "Content-Type": "application/json",
          "Idempotency-Key": call.key,
          "X-CSRFToken": this.csrfToken(),
        },
        body: JSON.stringify(call.body),
      });
    } catch {
      return undefined;
    }
  }

  private async first(): Promise<Waiting | undefined> {
    const all: Waiting[] = await settled(this.store("readonly").getAll());
    return all.find((call) => call.owner === this.owner);
  }

  private store(mode: IDBTransactionMode): IDBObjectStore {
    return this.database.transaction(CALLS, mode).objectStore(CALLS);
  }
}
