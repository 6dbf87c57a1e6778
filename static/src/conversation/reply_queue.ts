/** The sentences of a reply, played one after the other as they come, in their order and each once. */

export interface Sentence {
  /** The message it is a part of. */
  message: string;
  index: number;
  last: boolean;
  audio: Blob;
}

/** Plays one sentence; resolves when it is over, or at once when `signal` fires. */
export type Play = (audio: Blob, signal: AbortSignal) => Promise<void>;

export class ReplyQueue {
  private message = "";
  private next = 0;
  private waiting = new Map<number, Sentence>();
  private playing: AbortController | undefined;
  private hushed = "";

  constructor(
    private readonly play: Play,
    private readonly onChange: (message: string, speaking: boolean) => void,
  ) {}

  get isSpeaking(): boolean {
    return this.playing !== undefined;
  }

  add(sentence: Sentence): void {
    if (sentence.message === this.hushed) return;
    if (sentence.message !== this.message) {
      this.stop();
      this.hushed = "";
      this.message = sentence.message;
      this.next = 0;
    }
    if (sentence.index < this.next) return;
    this.waiting.set(sentence.index, sentence);
    if (!this.playing) void this.run();
  }

  /** Falls silent; what still comes of this reply is not played. */
  stop(): void {
    this.hushed = this.message;
    this.waiting.clear();
    this.playing?.abort();
  }

  private async run(): Promise<void> {
    const { message } = this;
    const playing = new AbortController();
    this.playing = playing;
    this.onChange(message, true);
    while (!playing.signal.aborted) {
      const sentence = this.waiting.get(this.next);
      if (!sentence) break;
      this.waiting.delete(this.next);
      this.next += 1;
      await this.play(sentence.audio, playing.signal);
    }
    this.playing = undefined;
    this.onChange(message, false);
    // Another reply may have begun while this one fell silent.
    if (this.waiting.has(this.next)) void this.run();
  }
}
