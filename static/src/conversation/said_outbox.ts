import { csrfToken } from "../connection/csrf";
import { OneSender } from "../connection/one_sender";
import { heldNames, holdName } from "../recording/recovery";
import { backOff, pause, retryAfter, worthRetrying } from "../recording/retry";
import type { SaidItem } from "./realtime_turns";
import { type SaidRow, SaidStore } from "./said_store";
import type { Message } from "./talk_events";

export type SaidNote = "" | "offline" | "signed-out" | "refused";

/** What the outbox tells its page. */
export interface SaidEars {
  /** The turn `id` is on the server, as `message`. */
  stored(id: string, message: Message, mayGoOn: boolean): void;
  note(note: SaidNote): void;
  ended(): void;
}

type Sent =
  | { kind: "stored"; message: Message; mayGoOn: boolean }
  | { kind: "refused" | "ended" | "signed-out" }
  | { kind: "later"; seconds: number };

const SEND_WITHIN_MS = 15_000;
/** The page before this one may not have let go of its turns for so long (seconds). */
export const LET_GO_WITHIN = 4;
const pageLock = (page: string): string => `realtime-page-${page}`;

/**
 * What both sides said to each other without the server, on its way there: in order, each once, again and again until
 * the server says that it holds it.
 */
export class SaidOutbox {
  private readonly page = crypto.randomUUID();
  private readonly sender = new OneSender(() => this.sendAll());
  private lastAt = 0;

  private constructor(
    private readonly store: SaidStore,
    private readonly owner: string,
    private readonly session: string,
    private readonly ears: SaidEars,
  ) {
    holdName(pageLock(this.page));
  }

  static async open(owner: string, session: string, ears: SaidEars): Promise<SaidOutbox> {
    return new SaidOutbox(await SaidStore.open(), owner, session, ears);
  }

  /** Keeps a turn as far as it is written down; it is sent once it is done. */
  async keep(item: SaidItem): Promise<void> {
    const { id, side, text, seconds, done } = item;
    const { owner, session, page } = this;
    this.lastAt = Math.max(Date.now(), this.lastAt + 1);
    await this.store.save({ id, side, text, seconds, done, owner, session, page, at: this.lastAt });
  }

  /** Sends what is complete, at once even if it was pausing; resolves when nothing waits or can be sent. */
  drain(): Promise<void> {
    return this.sender.ask();
  }

  private async sendAll(): Promise<void> {
    for (let attempt = 1; ; ) {
      const [row] = await this.complete();
      if (!row) return;
      const sent = await send(row);
      if (sent.kind === "later") {
        this.ears.note("offline");
        await this.sender.rest(backOff(attempt, sent.seconds));
        attempt += 1;
        continue;
      }
      attempt = 1;
      if (sent.kind === "signed-out") {
        this.ears.note("signed-out");
        return;
      }
      await this.store.forget(row);
      if (sent.kind === "stored") {
        this.ears.note("");
        this.ears.stored(row.id, sent.message, sent.mayGoOn);
      } else if (sent.kind === "ended") this.ears.ended();
      else this.ears.note("refused");
    }
  }

  /** Turns that are done, with those of a page that is gone: what was written down until then counts. */
  private async complete(): Promise<SaidRow[]> {
    const held = await heldNames();
    const rows = await this.store.saidIn(this.owner, this.session);
    const gone = rows.filter((row) => row.page !== this.page && !held.has(pageLock(row.page)));
    for (const row of gone.filter((each) => !each.text.trim())) await this.store.forget(row);
    return rows.filter((row) => row.text.trim() && (row.done || gone.includes(row)));
  }
}

/** What a page before this one left unsent of a talk goes to the server now. */
export async function sendLeftSaid(owner: string, session: string): Promise<void> {
  const silent = { stored: () => undefined, note: () => undefined, ended: () => undefined };
  const outbox = await SaidOutbox.open(owner, session, silent);
  await outbox.drain();
  await pause(LET_GO_WITHIN, new AbortController().signal);
  await outbox.drain();
}

async function send(row: SaidRow): Promise<Sent> {
  const body = {
    side: row.side,
    text: row.text.slice(0, 4000),
    seconds: Math.min(600, Math.max(0, row.seconds)),
    client_id: row.id.replace(/[^\w-]/g, "-").slice(0, 64),
  };
  try {
    const response = await fetch(`/api/v1/conversations/sessions/${row.session}/realtime-turns/`, {
      method: "POST",
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": csrfToken(),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(SEND_WITHIN_MS),
    });
    return await outcomeOf(response);
  } catch {
    return { kind: "later", seconds: 0 };
  }
}

async function outcomeOf(response: Response): Promise<Sent> {
  if (response.ok) {
    const kept = (await response.json()) as { message: Message; may_go_on: boolean };
    return { kind: "stored", message: kept.message, mayGoOn: kept.may_go_on };
  }
  const { status } = response;
  if (status === 401 || status === 403) return { kind: "signed-out" };
  const seconds = retryAfter(response.headers.get("Retry-After"));
  if (worthRetrying(status, seconds > 0)) return { kind: "later", seconds };
  return { kind: status === 409 ? "ended" : "refused" };
}
