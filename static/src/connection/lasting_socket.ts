import { backOff } from "../recording/retry";

const LONGEST_WAIT = 15;
/** Not signed in any more, a second factor is due, or what is listened to is not there: nothing more is to be heard. */
const CLOSED_OUT = new Set([4401, 4403, 4404]);

export interface SocketEars {
  hear(message: string): void;
  /** It broke off or was not to be had, for the `failures`-th time running; it comes back by itself. */
  lost(failures: number): void;
  /** It does not come back: nothing more is to be heard here. */
  closedOut(): void;
  /** Somebody looks at the page again, or the connection is back, while the socket stands. */
  looked?(): void;
}

/** A WebSocket that comes back by itself for as long as `lifetime`. */
export class LastingSocket {
  private socket: WebSocket | undefined;
  private failures = 0;
  private timer = 0;

  /** `path` is asked for anew each time: it says what was heard last. */
  constructor(
    private readonly path: () => string,
    private readonly ears: SocketEars,
    private readonly lifetime: AbortSignal,
  ) {}

  open(): void {
    const { lifetime: signal } = this;
    if (signal.aborted) return;
    signal.addEventListener("abort", () => {
      clearTimeout(this.timer);
      this.socket?.close();
    });
    addEventListener("online", () => this.hurry(), { signal });
    document.addEventListener("visibilitychange", () => this.hurry(), { signal });
    this.connect();
  }

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Bytes that wait to be sent. */
  get buffered(): number {
    return this.socket?.bufferedAmount ?? 0;
  }

  send(message: string | ArrayBuffer): void {
    this.socket?.send(message);
  }

  /** There is no connection: what is sent now would go nowhere. */
  drop(): void {
    this.socket?.close();
  }

  private connect(): void {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}${this.path()}`);
    this.socket = socket;
    socket.onmessage = (event: MessageEvent<string>) => {
      this.failures = 0;
      this.ears.hear(event.data);
    };
    socket.onclose = (event) => {
      if (this.socket !== socket || this.lifetime.aborted) return;
      if (CLOSED_OUT.has(event.code)) {
        this.ears.closedOut();
        return;
      }
      this.failures += 1;
      const seconds = Math.min(LONGEST_WAIT, backOff(this.failures));
      this.timer = window.setTimeout(() => this.connect(), seconds * 1000);
      this.ears.lost(this.failures);
    };
  }

  private hurry(): void {
    if (document.visibilityState === "hidden") return;
    if (this.socket?.readyState === WebSocket.CLOSED) {
      clearTimeout(this.timer);
      this.connect();
    } else this.ears.looked?.();
  }
}
