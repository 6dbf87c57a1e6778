import { backOff } from "../recording/retry";
import type { TalkEvent } from "./talk_events";

const LONGEST_WAIT = 15;
/** Not signed in any more, a second factor is due, or the talk is not there: nothing more is to be heard. */
const CLOSED_OUT = new Set([4401, 4403, 4404]);
/** So much may wait to be sent (bytes) before sound is better sent whole, later. */
const MOST_BUFFERED = 512_000;

/** The talk's WebSocket: comes back by itself, and what was missed is told then. */
export class TalkLink {
  private socket: WebSocket | undefined;
  private failures = 0;
  private timer = 0;
  private ready = false;

  constructor(
    private readonly session: number,
    private lastSeq: number,
    private readonly hear: (event: TalkEvent) => void,
    private readonly onState: (state: "open" | "lost" | "closed-out") => void,
    private readonly lifetime: AbortSignal,
  ) {}

  listen(): void {
    const { lifetime: signal } = this;
    signal.addEventListener("abort", () => {
      clearTimeout(this.timer);
      this.socket?.close();
    });
    addEventListener("online", () => this.hurry(), { signal });
    addEventListener("offline", () => this.socket?.close(), { signal });
    document.addEventListener("visibilitychange", () => this.hurry(), { signal });
    this.connect();
  }

  /** Whether something can be said here, and would be heard. */
  get isOpen(): boolean {
    return this.ready && this.socket?.readyState === WebSocket.OPEN;
  }

  /** Sends words about a turn, or its sound; false where nobody would hear it. */
  send(what: Record<string, unknown> | ArrayBuffer): boolean {
    if (!this.isOpen || !this.socket || this.socket.bufferedAmount > MOST_BUFFERED) return false;
    this.socket.send(what instanceof ArrayBuffer ? what : JSON.stringify(what));
    return true;
  }

  private connect(): void {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const address = `${scheme}://${location.host}/ws/conversations/${this.session}/`;
    const socket = new WebSocket(`${address}?last_seq=${this.lastSeq}`);
    this.socket = socket;
    socket.onmessage = (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as TalkEvent;
      this.failures = 0;
      this.lastSeq = Math.max(this.lastSeq, event.seq ?? 0);
      this.hear(event);
      if (event.type === "snapshot") {
        this.ready = true;
        this.onState("open");
      }
    };
    socket.onclose = (event) => {
      if (this.socket !== socket) return;
      this.ready = false;
      if (this.lifetime.aborted) return;
      if (CLOSED_OUT.has(event.code)) {
        this.onState("closed-out");
        return;
      }
      this.failures += 1;
      this.onState("lost");
      const seconds = Math.min(LONGEST_WAIT, backOff(this.failures));
      this.timer = window.setTimeout(() => this.connect(), seconds * 1000);
    };
  }

  private hurry(): void {
    if (document.visibilityState === "hidden") return;
    if (this.socket?.readyState !== WebSocket.CLOSED) return;
    clearTimeout(this.timer);
    this.connect();
  }
}
