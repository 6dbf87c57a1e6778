/** Samples of a phrase: where it is spoken, several in one recording, and that recording as a file. */

export const RATE = 16_000;
const FRAME = 320; // 20 ms
/** What is so much quieter than the loudest frame is not spoken (-26 dB). */
const SPOKEN_SHARE = 0.05;
/** Below this even the loudest frame is no voice (-50 dB). */
const QUIETEST = 0.003;
const MARGIN = 0.15;
const GAP = 0.4;

export interface Span {
  /** Seconds from the beginning. */
  start: number;
  end: number;
}

/** From the first sound of a voice to the last; undefined where none is heard. */
export function spokenSpan(samples: Float32Array): Span | undefined {
  const levels: number[] = [];
  for (let from = 0; from < samples.length; from += FRAME) {
    const frame = samples.subarray(from, from + FRAME);
    let squares = 0;
    for (const sample of frame) squares += sample * sample;
    levels.push(Math.sqrt(squares / frame.length));
  }
  const loudest = levels.reduce((most, level) => Math.max(most, level), 0);
  if (loudest < QUIETEST) return undefined;
  const spoken = (level: number): boolean => level >= loudest * SPOKEN_SHARE;
  const first = levels.findIndex(spoken);
  const last = levels.findLastIndex(spoken);
  return { start: (first * FRAME) / RATE, end: ((last + 1) * FRAME) / RATE };
}

/**
 * Phrases one after the other, each with exactly `MARGIN` around what is spoken and `GAP` after it: the server finds each
 * again by its length alone (practice/results/phrases.py).
 */
export function joined(phrases: readonly Float32Array[]): Float32Array {
  const margin = Math.round(MARGIN * RATE);
  const parts = phrases.flatMap((samples) => {
    const span = spokenSpan(samples);
    if (!span) return [];
    const from = Math.round(span.start * RATE);
    const until = Math.round(span.end * RATE);
    const part = new Float32Array(until - from + 2 * margin + Math.round(GAP * RATE));
    const before = Math.min(margin, from);
    part.set(samples.subarray(from - before, until + margin), margin - before);
    return [part];
  });
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The samples as a WAV file: one channel, 16 bits. */
export function wavOf(samples: Float32Array): Blob {
  const bytes = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const write = (at: number, text: string): void => {
    for (let index = 0; index < text.length; index += 1)
      bytes.setUint8(at + index, text.charCodeAt(index));
  };
  write(0, "RIFF");
  bytes.setUint32(4, 36 + 2 * samples.length, true);
  write(8, "WAVEfmt ");
  bytes.setUint32(16, 16, true);
  bytes.setUint16(20, 1, true);
  bytes.setUint16(22, 1, true);
  bytes.setUint32(24, RATE, true);
  bytes.setUint32(28, 2 * RATE, true);
  bytes.setUint16(32, 2, true);
  bytes.setUint16(34, 16, true);
  write(36, "data");
  bytes.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, index) => {
    bytes.setInt16(44 + 2 * index, Math.max(-1, Math.min(1, sample)) * 0x7fff, true);
  });
  return new Blob([bytes.buffer as ArrayBuffer], { type: "audio/wav" });
}
