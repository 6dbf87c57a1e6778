/** What waits on this device until it got through: sent on load, when the connection is back, and after a pause. */
import { csrfToken } from "../connection/csrf";
import { OneSender } from "../connection/one_sender";
import { backOff } from "../recording/retry";
import { Practices } from "./practices";
import { sendWaiting } from "./sending";

export type OutboxState = "sending" | "waiting" | "signed-out" | "refused" | "empty";

const CHANGED = "outbox";
/** The name under which the browser wakes the service worker when the connection is back. */
const SYNC_TAG = "practice-outbox";

interface WithSync extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

export class Outbox extends EventTarget {
  private static readonly open = new Map<string, Promise<Outbox>>();
  state: OutboxState = "empty";
  waiting = 0;
  private readonly sender = new OneSender(() => this.sendAll());

  private constructor(readonly practices: Practices) {
    super();
    addEventListener("online", () => void this.drain());
  }

  /** The one outbox of this page for `owner`. */
  static of(owner: string): Promise<Outbox> {
    const known = Outbox.open.get(owner);
    if (known) return known;
    const made = Practices.open(owner).then((practices) => new Outbox(practices));
    Outbox.open.set(owner, made);
    return made;
  }

  /** Calls `react` now and whenever the state or the number of what waits changes, until `signal` fires. */
  watch(react: (state: OutboxState, waiting: number) => void, signal?: AbortSignal): void {
    this.addEventListener(CHANGED, () => react(this.state, this.waiting), { signal });
    react(this.state, this.waiting);
  }

  /** Sends what waits, at once even if it was pausing; resolves when nothing waits or nobody is signed in. */
  drain(): Promise<void> {
    return this.sender.ask();
  }

  private async sendAll(): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await this.tell((await this.practices.waiting()).length > 0 ? "sending" : "empty");
      const sent = await sendWaiting(this.practices, async () => csrfToken());
      if (sent.kind === "done") return this.tell(sent.refused > 0 ? "refused" : "empty");
      if (sent.kind === "signed-out") return this.tell("signed-out");
      await this.tell("waiting");
      await askToBeWoken();
      await this.sender.rest(backOff(attempt, sent.seconds));
    }
  }

  private async tell(state: OutboxState): Promise<void> {
    this.state = state;
    this.waiting = (await this.practices.waiting()).length;
    this.dispatchEvent(new Event(CHANGED));
  }
}

/** Where the browser can, it sends what waits even after this page is closed. */
async function askToBeWoken(): Promise<void> {
  const registration: WithSync | undefined = await navigator.serviceWorker?.getRegistration();
  await registration?.sync?.register(SYNC_TAG).catch(() => undefined);
}
