/** Tells from the sound itself, frame by frame, when somebody begins to speak and when they are done. */

/** Frames are of 20 ms. */
export const FRAME_SECONDS = 0.02;
/** So much above the room is a voice that begins (dB), and still a voice while it goes on. */
const BEGINS_ABOVE = 9;
const GOES_ON_ABOVE = 6;
/** While the partner speaks, more is asked for: what the loudspeaker leaves in the microphone is no turn. */
const INTERRUPTS_ABOVE = 15;
/** Quieter than this is no voice, however quiet the room (dB below full scale). */
const QUIETEST_VOICE = -52;
/** A voice begins with so many loud frames among the last eight, a word that interrupts with more. */
const WINDOW = 8;
const LOUD_TO_BEGIN = 5;
const LOUD_TO_INTERRUPT = 8;
/** Who began a turn by hand has so long for the first word (s), and the patience after it. */
const FIRST_WORD = 6;
/** The room is as loud as the quietest of so many frames (3 s): nobody speaks as long without a gap, a fan does. */
const ROOM_FRAMES = 150;
/** Until the room is known it is taken for this loud. */
const FIRST_FLOOR = -50;
const FLOOR_RANGE = [-80, -30] as const;

export type GateEvent = "began" | "ended";

export class VoiceGate {
  private readonly levels: number[] = new Array(ROOM_FRAMES).fill(FIRST_FLOOR);
  private floor = FIRST_FLOOR;
  private recent: boolean[] = [];
  private quiet = 0;
  private speaking = false;
  private loud = 0;
  /** Seconds of thinking that belong to the turn. */
  patience: number;
  /** Whether the partner's voice may be in what is heard. */
  partnerSpeaks = false;

  constructor(patience: number) {
    this.patience = patience;
  }

  /** Whether a turn is open. */
  get isOpen(): boolean {
    return this.speaking;
  }

  /** Seconds of silence since the last word of an open turn. */
  get silence(): number {
    return Math.max(0, this.quiet);
  }

  /** Whether anything like a word was in the open turn, or in the last one. */
  get heardVoice(): boolean {
    return this.loud >= LOUD_TO_BEGIN;
  }

  /** Takes one frame; says so where a voice begins, or where the silence after it has lasted as long as the patience. */
  hear(frame: Float32Array): GateEvent | undefined {
    const level = decibels(frame);
    this.follow(level);
    if (this.speaking) return this.goOn(level);
    const above = this.partnerSpeaks ? INTERRUPTS_ABOVE : BEGINS_ABOVE;
    this.recent.push(level > Math.max(this.floor + above, QUIETEST_VOICE));
    if (this.recent.length > WINDOW) this.recent.shift();
    const wanted = this.partnerSpeaks ? LOUD_TO_INTERRUPT : LOUD_TO_BEGIN;
    if (this.recent.filter(Boolean).length < wanted) return undefined;
    this.open();
    this.quiet = 0;
    this.loud = wanted;
    return "began";
  }

  /** A turn is begun by hand: it ends like any other, with some time more for the first word. */
  open(): void {
    this.speaking = true;
    this.loud = 0;
    this.quiet = -FIRST_WORD;
    this.recent = [];
  }

  close(): void {
    this.speaking = false;
    this.quiet = 0;
    this.recent = [];
  }

  private goOn(level: number): GateEvent | undefined {
    if (level > Math.max(this.floor + GOES_ON_ABOVE, QUIETEST_VOICE)) {
      this.loud += 1;
      if (this.heardVoice) this.quiet = 0;
    } else this.quiet += FRAME_SECONDS;
    if (this.quiet < this.patience - FRAME_SECONDS / 2) return undefined;
    this.close();
    return "ended";
  }

  private follow(level: number): void {
    this.levels.push(level);
    this.levels.shift();
    const [least, most] = FLOOR_RANGE;
    this.floor = Math.min(most, Math.max(least, Math.min(...this.levels)));
  }
}

/** The loudness of a frame in dB below full scale. */
export function decibels(frame: Float32Array): number {
  let squares = 0;
  for (const sample of frame) squares += sample * sample;
  return 10 * Math.log10(squares / Math.max(1, frame.length) + 1e-12);
}
