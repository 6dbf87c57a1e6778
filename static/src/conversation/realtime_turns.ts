/** What a realtime model tells over its data channel, as far as a talk needs it. */
export interface RealtimeEvent {
  type: string;
  item_id?: string;
  previous_item_id?: string | null;
  item?: { id?: string; type?: string; role?: string };
  delta?: string;
  transcript?: string;
  text?: string;
  audio_start_ms?: number;
  audio_end_ms?: number;
  response?: { status?: string; output?: { id?: string }[] };
}

/** One turn while it is said and written down. */
export interface SaidItem {
  id: string;
  side: "learner" | "tutor";
  text: string;
  /** How long the learner spoke; 0 while that is not known. */
  seconds: number;
  /** All of it is written down, or nothing more will come. */
  done: boolean;
}

interface Item extends SaidItem {
  startedMs: number;
  released: boolean;
  changedAt: number;
}

/** A turn that nobody goes on writing down is kept as it is, once later ones are ready. */
const GIVEN_UP_AFTER_MS = 15_000;

/**
 * The turns of a talk with a realtime model, put together from its events. What a learner said is written down beside
 * the answer, often after it: turns are given out in the order of the talk all the same.
 */
export class RealtimeTurns {
  private items: Item[] = [];
  private unwritten = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Takes an event in; the turn it changed, if it did. */
  hear(event: RealtimeEvent): SaidItem | undefined {
    switch (event.type) {
      case "input_audio_buffer.speech_started":
        return this.change(event.item_id, "learner", (item) => {
          item.startedMs = event.audio_start_ms ?? 0;
        });
      case "input_audio_buffer.speech_stopped":
        return this.change(event.item_id, "learner", (item) => {
          item.seconds = Math.max(0, ((event.audio_end_ms ?? 0) - item.startedMs) / 1000);
        });
      case "input_audio_buffer.committed":
        return this.place(event.item_id, "learner", event.previous_item_id);
      case "conversation.item.added":
      case "conversation.item.created":
        return this.placeMessage(event);
      case "conversation.item.input_audio_transcription.delta":
        return this.write(event.item_id, "learner", event.delta);
      case "conversation.item.input_audio_transcription.completed":
        return this.finish(event.item_id, "learner", event.transcript);
      case "conversation.item.input_audio_transcription.failed":
        this.unwritten += 1;
        return this.finish(event.item_id, "learner", undefined);
      case "response.output_audio_transcript.delta":
      case "response.output_text.delta":
        return this.write(event.item_id, "tutor", event.delta);
      case "response.output_audio_transcript.done":
      case "response.output_text.done":
        return this.finish(event.item_id, "tutor", event.transcript ?? event.text);
      case "response.done":
        return this.finishResponse(event);
      default:
        return undefined;
    }
  }

  /** Turns that are complete and whose turn it is, each once. Those without a word are left out. */
  ready(): SaidItem[] {
    const found: Item[] = [];
    for (const [number, item] of this.items.entries()) {
      if (item.released) continue;
      const isLeft =
        this.now() - item.changedAt > GIVEN_UP_AFTER_MS &&
        this.items.slice(number + 1).some((later) => later.done);
      if (!item.done && !isLeft) break;
      item.released = true;
      found.push(item);
    }
    this.items = this.items.filter((item) => !item.released || item.text.trim());
    return found.filter((item) => item.text.trim());
  }

  /** Nothing more comes: what is written down of the rest is all there is. */
  close(): SaidItem[] {
    for (const item of this.items) item.done = true;
    return this.ready();
  }

  /** Turns that are on their way, in order. */
  get open(): readonly SaidItem[] {
    return this.items;
  }

  /** Whether a learner's words are still being written down. */
  get isWriting(): boolean {
    return this.items.some((item) => item.side === "learner" && !item.done);
  }

  /** Whether something was said that nobody could write down, since it was asked last. */
  takeUnwritten(): boolean {
    const some = this.unwritten > 0;
    this.unwritten = 0;
    return some;
  }

  /** The turn is kept elsewhere now. */
  forget(id: string): void {
    this.items = this.items.filter((item) => item.id !== id);
  }

  private placeMessage(event: RealtimeEvent): SaidItem | undefined {
    const { item } = event;
    if (item?.type !== "message" || !["user", "assistant"].includes(item.role ?? "")) {
      return undefined;
    }
    const side = item.role === "user" ? "learner" : "tutor";
    return this.place(item.id, side, event.previous_item_id);
  }

  private place(
    id: string | undefined,
    side: SaidItem["side"],
    previous: string | null | undefined,
  ): SaidItem | undefined {
    const item = this.change(id, side, () => undefined);
    const before = this.items.findIndex((each) => each.id === previous);
    if (!item || item.released || before < 0) return item;
    this.items = this.items.filter((each) => each !== item);
    const after = this.items.findIndex((each) => each.id === previous) + 1;
    this.items.splice(after, 0, item);
    return item;
  }

  private write(id: string | undefined, side: SaidItem["side"], more = ""): SaidItem | undefined {
    return this.change(id, side, (item) => {
      if (!item.done) item.text += more;
    });
  }

  private finish(
    id: string | undefined,
    side: SaidItem["side"],
    text: string | undefined,
  ): SaidItem | undefined {
    return this.change(id, side, (item) => {
      item.text = (text ?? item.text).trim();
      item.done = true;
    });
  }

  /** However a response ended: of its turns nothing more comes. */
  private finishResponse(event: RealtimeEvent): SaidItem | undefined {
    const ids = new Set(event.response?.output?.map((each) => each.id));
    const mine = this.items.filter((item) => item.side === "tutor" && ids.has(item.id));
    for (const item of mine) item.done = true;
    return mine.at(-1);
  }

  private change(
    id: string | undefined,
    side: SaidItem["side"],
    act: (item: Item) => void,
  ): Item | undefined {
    if (!id) return undefined;
    const known = this.items.find((each) => each.id === id);
    if (known?.released) return undefined;
    const item = known ?? this.begin(id, side);
    act(item);
    item.changedAt = this.now();
    return item;
  }

  private begin(id: string, side: SaidItem["side"]): Item {
    const item: Item = {
      id,
      side,
      text: "",
      seconds: 0,
      done: false,
      startedMs: 0,
      released: false,
      changedAt: this.now(),
    };
    this.items.push(item);
    return item;
  }
}
