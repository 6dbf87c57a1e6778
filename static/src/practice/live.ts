/**
 * What other devices do to the practice on this page: told by WebSocket, else asked for every now and then. A
 * connection that is lost comes back by itself, and what was missed is told then.
 */
import { LastingSocket } from "../connection/lasting_socket";
import type { ClockState } from "./practices";
import { clockFrom, type PracticeMessage, ServerClock, type SessionState } from "./session_state";

/** How the practice stands by the server's word, that it has ended, or that it was deleted. */
export type Heard = ClockState | "ended" | "gone";

export class LivePractice {
  private readonly clock = new ServerClock();
  private lastSeq: number | undefined;
  /** The change that the practice was last told of with. */
  private ownSeq = 0;
  /** How often something was heard of the practice, or done to it here. */
  private news = 0;

  /** `names` are those under which the practice may be told: its number, and this device's own. */
  constructor(
    private readonly names: Set<string>,
    private id: number | null,
    private readonly hear: (heard: Heard) => void,
    private readonly lifetime: AbortSignal,
  ) {}

  /** `now` is the server's moment (ms) that the page was written at. */
  listen(now: number): void {
    this.clock.hear(now, Date.now());
    const ask = (): void => void this.ask();
    new LastingSocket(
      () => `/ws/practice/${this.lastSeq === undefined ? "" : `?last_seq=${this.lastSeq}`}`,
      {
        hear: (message) => this.read(JSON.parse(message) as PracticeMessage),
        lost: ask,
        closedOut: () => undefined,
        looked: ask,
      },
      this.lifetime,
    ).open();
  }

  /** Something is done to the practice here: what the server answers to an earlier question is old. */
  outdate(): void {
    this.news += 1;
  }

  /** Asks how the practice stands now; without an answer nothing changes. */
  async ask(): Promise<void> {
    if (this.id === null || this.lifetime.aborted) return;
    const { news } = this;
    try {
      const response = await fetch(`/api/v1/practice/sessions/${this.id}/`, {
        headers: { Accept: "application/json" },
        cache: "no-store",
        signal: this.lifetime,
      });
      // The page may be a copy from long ago, and so its moment.
      const date = Date.parse(response.headers.get("Date") ?? "");
      if (!Number.isNaN(date)) this.clock.hear(date, Date.now());
      const session = response.ok ? ((await response.json()) as SessionState) : undefined;
      if (news !== this.news) await this.ask();
      else if (session) this.take(session);
      else if (response.status === 404) this.hear("gone");
    } catch {
      // Without a connection the clock goes on by itself.
    }
  }

  private read(message: PracticeMessage): void {
    this.clock.hear(Date.parse(message.now), Date.now());
    this.lastSeq = Math.max(this.lastSeq ?? 0, message.seq);
    if (message.type === "deleted") {
      if (message.id === this.id) this.hear("gone");
      return;
    }
    const told = [message.session, ...(message.changed ?? [])];
    const own = told.find((session) => session && this.isOwn(session));
    if (own) this.hearOf(own, message.seq);
    else if (message.type === "snapshot") void this.ask();
  }

  /** Changes overtake each other on their way; each tells everything up to it. */
  private hearOf(own: SessionState, seq: number): void {
    if (seq < this.ownSeq) return;
    this.ownSeq = seq;
    this.news += 1;
    this.take(own);
  }

  private isOwn(session: SessionState): boolean {
    return (
      this.names.has(String(session.session_id)) ||
      (session.client_id !== null && this.names.has(session.client_id))
    );
  }

  private take(session: SessionState): void {
    this.id = session.session_id;
    if (session.completed_at) this.hear("ended");
    else this.hear(clockFrom(session, this.clock, Date.now()));
  }
}
