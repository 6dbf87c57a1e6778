import { LastingSocket } from "../connection/lasting_socket";
import type { TalkEvent } from "./talk_events";

/** So much may wait to be sent (bytes) before sound is better sent whole, later. */
const MOST_BUFFERED = 512_000;

/** The talk's WebSocket: comes back by itself, and what was missed is told then. */
export class TalkLink {
  private readonly socket: LastingSocket;
  private ready = false;

  constructor(
    session: number,
    private lastSeq: number,
    private readonly hear: (event: TalkEvent) => void,
    private readonly onState: (state: "open" | "lost" | "closed-out") => void,
    private readonly lifetime: AbortSignal,
  ) {
    this.socket = new LastingSocket(
      () => `/ws/conversations/${session}/?last_seq=${this.lastSeq}`,
      {
        hear: (message) => this.take(JSON.parse(message) as TalkEvent),
        lost: () => this.isLost("lost"),
        closedOut: () => this.isLost("closed-out"),
      },
      lifetime,
    );
  }

  listen(): void {
    addEventListener("offline", () => this.socket.drop(), { signal: this.lifetime });
    this.socket.open();
  }

  /** Whether something can be said here, and would be heard. */
  get isOpen(): boolean {
    return this.ready && this.socket.isOpen;
  }

  /** Sends words about a turn, or its sound; false where nobody would hear it. */
  send(what: Record<string, unknown> | ArrayBuffer): boolean {
    if (!this.isOpen || this.socket.buffered > MOST_BUFFERED) return false;
    this.socket.send(what instanceof ArrayBuffer ? what : JSON.stringify(what));
    return true;
  }

  private take(event: TalkEvent): void {
    this.lastSeq = Math.max(this.lastSeq, event.seq ?? 0);
    this.hear(event);
    if (event.type === "snapshot") {
      this.ready = true;
      this.onState("open");
    }
  }

  private isLost(state: "lost" | "closed-out"): void {
    this.ready = false;
    this.onState(state);
  }
}
