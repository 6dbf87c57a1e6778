import { OneSender } from "../connection/one_sender";
import { heldNames, holdName } from "../recording/recovery";
import { backOff } from "../recording/retry";
import type { Message } from "./talk_events";
import type { TalkLink } from "./talk_link";
import { type Sent, sendTurn } from "./turn_request";
import { type Turn, TurnStore } from "./turn_store";

/** So long the server has to say that it holds a turn sent over the WebSocket, before it is sent over HTTP. */
const ACKNOWLEDGED_WITHIN_MS = 6000;
/** A turn of less sound than this was a slip of the thumb (bytes: a quarter of a second). */
const SLIP = 8000;
/** So many frames are stored and sent at once: a quarter of a second. */
const PIECE = 12;

export type OutboxNote = "" | "offline" | "signed-out" | "limit" | "refused";

/** What the outbox tells its page. */
export interface OutboxEars {
  stored(messages: Message[]): void;
  /** The turn is not on its way any more: it was refused, or nothing was in it. */
  dropped(turn: string): void;
  note(note: OutboxNote): void;
  ended(): void;
}

const lockOf = (turn: string): string => `talk-turn-${turn}`;

/**
 * Every turn of this device on its way to the server, in order and each once: stored here first, sent as it is spoken
 * where somebody listens, else whole, again and again, until the server says that it holds it.
 */
export class TalkOutbox {
  private readonly acknowledged = new Set<string>();
  private readonly objected = new Set<string>();
  private waiters: (() => void)[] = [];
  private readonly sender = new OneSender(() => this.sendAll());
  private left = 0;

  private constructor(
    private readonly store: TurnStore,
    private readonly owner: string,
    private readonly session: string,
    private readonly link: TalkLink,
    private readonly ears: OutboxEars,
  ) {}

  static async open(
    owner: string,
    session: string,
    link: TalkLink,
    ears: OutboxEars,
  ): Promise<TalkOutbox> {
    return new TalkOutbox(await TurnStore.open(), owner, session, link, ears);
  }

  /** Turns that wait, with those whose tab was closed while they were spoken: what was said until then counts. */
  async leftOver(): Promise<Turn[]> {
    const held = await heldNames();
    const found: Turn[] = [];
    for (const turn of await this.waiting()) {
      if (turn.done) found.push(turn);
      else if (!held.has(lockOf(turn.id))) {
        if (sizeOf(await this.store.soundOf(turn.id)) < SLIP) await this.store.forget(turn.id);
        else {
          const whole = { ...turn, done: true };
          await this.store.save(whole);
          found.push(whole);
        }
      }
    }
    return found;
  }

  get isEmpty(): boolean {
    return this.left === 0;
  }

  async write(text: string): Promise<string> {
    const turn = this.turn({ text, done: true });
    this.left += 1;
    await this.store.save(turn);
    void this.drain();
    return turn.id;
  }

  /** A turn that failed is sent again under its name, so that it is answered and not said twice. */
  async again(message: Message): Promise<void> {
    if (!message.client_id) return;
    const text = message.text || "…";
    const turn = { ...this.turn({ text, done: true }), id: message.client_id };
    const sent = await sendTurn(turn, []);
    if (sent.kind === "stored") this.ears.stored(sent.messages);
    else this.ears.note(sent.kind === "later" ? "offline" : "refused");
  }

  /** A turn that begins to be spoken. */
  speak(): SpokenTurn {
    const turn = this.turn({ done: false });
    const streams = this.isEmpty && this.link.send(startOf(turn.id));
    this.left += 1;
    return new SpokenTurn(turn, this.store, this.link, streams, (done) => {
      if (done) void this.drain();
      else {
        this.left -= 1;
        this.ears.dropped(turn.id);
      }
    });
  }

  /** The server told of a turn: it is held there. */
  heardOf(message: Message): void {
    if (!message.client_id) return;
    this.acknowledged.add(message.client_id);
    this.wake();
  }

  /** The WebSocket does not take a turn: HTTP says what is to be done about it. */
  objectedTo(turn: string | null): void {
    if (!turn) return;
    this.objected.add(turn);
    this.wake();
  }

  private wake(): void {
    for (const wake of this.waiters.splice(0)) wake();
  }

  /** Sends what waits, at once even if it was pausing; resolves when nothing waits or nothing can be sent. */
  drain(): Promise<void> {
    return this.sender.ask();
  }

  private async sendAll(): Promise<void> {
    const run = () => this.sendInOrder();
    await (navigator.locks?.request(`talk-outbox-${this.session}`, run) ?? run());
  }

  private async sendInOrder(): Promise<void> {
    for (let attempt = 1; ; ) {
      const turn = (await this.waiting()).find((each) => each.done);
      this.left = (await this.waiting()).length;
      if (!turn) return;
      const sent = await this.send(turn);
      if (sent.kind === "later") {
        this.ears.note("offline");
        await this.sender.rest(backOff(attempt, sent.seconds));
        attempt += 1;
        continue;
      }
      attempt = 1;
      if (!(await this.settle(turn, sent))) return;
    }
  }

  /** False where the rest has to wait for its owner. */
  private async settle(turn: Turn, sent: Sent): Promise<boolean> {
    if (sent.kind === "signed-out" || sent.kind === "limit") {
      this.ears.note(sent.kind);
      return false;
    }
    await this.store.forget(turn.id);
    this.acknowledged.delete(turn.id);
    if (sent.kind === "stored") {
      this.ears.note("");
      this.ears.stored(sent.messages);
    } else {
      this.ears.dropped(turn.id);
      this.ears.note(sent.kind === "refused" ? "refused" : "");
    }
    if (sent.kind === "ended") this.ears.ended();
    return sent.kind !== "ended";
  }

  private async send(turn: Turn): Promise<Sent> {
    if (this.acknowledged.has(turn.id)) return { kind: "stored", messages: [] };
    const text = { type: "text", text: turn.text, client_id: turn.id };
    const isTold = turn.streamed
      ? this.link.isOpen
      : turn.text !== undefined && this.link.send(text);
    if (isTold && (await this.isHeld(turn.id))) return { kind: "stored", messages: [] };
    return sendTurn(turn, turn.text === undefined ? await this.store.soundOf(turn.id) : []);
  }

  private async isHeld(turn: string): Promise<boolean> {
    const until = performance.now() + ACKNOWLEDGED_WITHIN_MS;
    while (!this.acknowledged.has(turn)) {
      const left = until - performance.now();
      if (left <= 0 || !this.link.isOpen || this.objected.delete(turn)) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 500));
        this.waiters.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    return true;
  }

  private waiting(): Promise<Turn[]> {
    return this.store.waiting(this.owner, this.session);
  }

  private turn(values: Pick<Turn, "text" | "done">): Turn {
    const { owner, session } = this;
    return { id: crypto.randomUUID(), owner, session, at: Date.now(), streamed: false, ...values };
  }
}

/** A turn while it is spoken: every quarter of a second of it is on this device before anything else. */
export class SpokenTurn {
  private readonly release: () => Promise<void>;
  private parts: ArrayBuffer[] = [];
  private pieces = 0;
  private bytes = 0;
  private writing: Promise<void>;

  constructor(
    private readonly turn: Turn,
    private readonly store: TurnStore,
    private readonly link: TalkLink,
    private streams: boolean,
    private readonly onEnd: (done: boolean) => void,
  ) {
    this.release = holdName(lockOf(turn.id));
    this.writing = store.save(turn);
  }

  get id(): string {
    return this.turn.id;
  }

  hear(pcm: ArrayBuffer): void {
    this.bytes += pcm.byteLength;
    this.parts.push(pcm);
    if (this.parts.length >= PIECE) this.keep();
  }

  /** Nobody takes it as it is spoken: it is sent whole. */
  stopStreaming(): void {
    this.streams = false;
  }

  /** All was said; too little to be anything is left out. */
  async end(): Promise<void> {
    if (this.bytes < SLIP) return this.cancel();
    this.keep();
    await this.writing;
    const streamed = this.streams && this.link.send({ type: "audio.end", client_id: this.id });
    await this.store.save({ ...this.turn, done: true, streamed });
    await this.release();
    this.onEnd(true);
  }

  async cancel(): Promise<void> {
    if (this.streams) this.link.send({ type: "audio.cancel", client_id: this.id });
    await this.writing;
    await this.store.forget(this.id);
    await this.release();
    this.onEnd(false);
  }

  private keep(): void {
    const piece = new Uint8Array(sizeOf(this.parts));
    let at = 0;
    for (const part of this.parts.splice(0)) {
      piece.set(new Uint8Array(part), at);
      at += part.byteLength;
    }
    if (this.streams && at > 0) this.streams = this.link.send(piece.buffer);
    const number = this.pieces;
    this.pieces += 1;
    this.writing = this.writing.then(() => this.store.append(this.id, number, piece.buffer));
  }
}

function startOf(turn: string): Record<string, unknown> {
  return { type: "audio.start", format: "pcm16", client_id: turn };
}

function sizeOf(parts: readonly ArrayBuffer[]): number {
  return parts.reduce((sum, part) => sum + part.byteLength, 0);
}
