/** Shorter than this a press begins a turn or ends it; longer, it lasts as long as the turn. */
const HOLD_MS = 400;

export interface PressEars {
  /** The button went down while nothing was being said. */
  begin(): void;
  /** It was let go at once: the turn ends by itself. */
  tapped(): void;
  /** It was held and let go, or pressed again: all was said. */
  finish(): void;
  /** Whether a turn is open. */
  isOpen(): boolean;
}

/** One button for pressing and holding alike, by finger, mouse and keyboard. */
export class Press {
  private downAt: number | undefined;

  constructor(private readonly ears: PressEars) {}

  down(at: number): void {
    if (this.downAt !== undefined) return;
    if (this.ears.isOpen()) {
      this.ears.finish();
      return;
    }
    this.downAt = at;
    this.ears.begin();
  }

  up(at: number): void {
    if (this.downAt === undefined) return;
    const held = at - this.downAt >= HOLD_MS;
    this.downAt = undefined;
    if (held) this.ears.finish();
    else this.ears.tapped();
  }
}
