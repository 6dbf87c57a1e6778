import { pause } from "../recording/retry";

/**
 * Sends what waits, one round at a time. Whoever asks while a round is under way can rely on another look after it: what
 * they stored meanwhile may have come too late for this one.
 */
export class OneSender {
  private sending: Promise<void> | undefined;
  private asked = false;
  private impatience = new AbortController();

  constructor(private readonly round: () => Promise<void>) {}

  /** Ends a rest at once; resolves when a round has looked that began no earlier than now. */
  ask(): Promise<void> {
    this.asked = true;
    this.impatience.abort();
    this.sending ??= this.run();
    return this.sending;
  }

  /** A round's pause before it tries again: none where somebody asked meanwhile. */
  async rest(seconds: number): Promise<void> {
    if (!this.asked) {
      this.impatience = new AbortController();
      await pause(seconds, this.impatience.signal);
    }
    this.asked = false;
  }

  private async run(): Promise<void> {
    try {
      while (this.asked) {
        this.asked = false;
        await this.round();
      }
    } finally {
      this.sending = undefined;
    }
  }
}
