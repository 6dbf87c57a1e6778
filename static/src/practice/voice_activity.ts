/** So much louder than the quietest that was heard of late is a voice (60 dB are 1). */
const ABOVE_FLOOR = 8 / 60;
/** Quieter than this is no voice, however quiet the room (-50 dB). */
const QUIETEST_VOICE = 10 / 60;
/** The quietest may rise so fast, per second: a fan that starts is soon no voice any more. */
const FLOOR_RISES = 1.5 / 60;
/** Between words nobody pauses for as long as this. */
const HANGS_ON = 0.7;

/** Tells from levels alone whether somebody speaks: a level well above the room's. */
export class VoiceActivity {
  private floor: number | undefined;
  private lastAt = 0;
  private lastLoud = Number.NEGATIVE_INFINITY;

  /** `level` is 0 (-60 dB) to 1 (full scale), `at` is in seconds. */
  hear(level: number, at: number): void {
    const risen = (this.floor ?? level) + FLOOR_RISES * Math.max(0, at - this.lastAt);
    this.floor = Math.min(level, risen);
    this.lastAt = at;
    if (level > Math.max(this.floor + ABOVE_FLOOR, QUIETEST_VOICE)) this.lastLoud = at;
  }

  /** Whether somebody spoke just before `at`. */
  speaks(at: number): boolean {
    return at - this.lastLoud <= HANGS_ON;
  }
}
