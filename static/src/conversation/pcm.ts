/** Sound as the server takes it: one channel, 16,000 samples a second, 16 bits. */

export const RATE = 16_000;
/** Samples in 20 ms. */
export const FRAME = 320;
/** Zero crossings of the filter's response on each side: enough to keep what is above 8 kHz out of speech. */
const CROSSINGS = 8;
/** A little below the half of the lower rate, as the filter needs room to fall. */
const CUT = 0.92;

/** Brings a stream of samples from `rate` to `RATE`, block by block, without a seam between blocks. */
export class Resampler {
  private readonly step: number;
  private readonly cut: number;
  private readonly reach: number;
  private kept: Float32Array;
  private at: number;

  constructor(rate: number) {
    this.step = rate / RATE;
    this.cut = CUT / Math.max(1, this.step);
    this.reach = Math.ceil(CROSSINGS / this.cut);
    this.kept = new Float32Array(this.reach);
    this.at = this.reach;
  }

  /** The samples that can be made of all that came so far. */
  push(block: Float32Array): Float32Array {
    if (this.step === 1) return block;
    const samples = new Float32Array(this.kept.length + block.length);
    samples.set(this.kept);
    samples.set(block, this.kept.length);
    const made: number[] = [];
    while (this.at + this.reach < samples.length) {
      made.push(this.sampleAt(samples, this.at));
      this.at += this.step;
    }
    const used = Math.max(0, Math.floor(this.at) - this.reach);
    this.kept = samples.slice(used);
    this.at -= used;
    return Float32Array.from(made);
  }

  private sampleAt(samples: Float32Array, at: number): number {
    const from = Math.ceil(at - this.reach);
    const until = Math.floor(at + this.reach);
    let sum = 0;
    for (let index = from; index <= until; index += 1) {
      const away = index - at;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * away) / this.reach);
      sum += (samples[index] ?? 0) * this.cut * sinc(away * this.cut) * window;
    }
    return sum;
  }
}

function sinc(value: number): number {
  if (value === 0) return 1;
  return Math.sin(Math.PI * value) / (Math.PI * value);
}

/** Cuts a stream of samples into frames of 20 ms. */
export class Framer {
  private left = new Float32Array(0);

  push(samples: Float32Array): Float32Array[] {
    const all = new Float32Array(this.left.length + samples.length);
    all.set(this.left);
    all.set(samples, this.left.length);
    const frames: Float32Array[] = [];
    let at = 0;
    for (; at + FRAME <= all.length; at += FRAME) frames.push(all.slice(at, at + FRAME));
    this.left = all.slice(at);
    return frames;
  }
}

/** Samples from -1 to 1 as 16-bit numbers, the lower byte first. */
export function pcm16(samples: Float32Array): ArrayBuffer {
  const bytes = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, index) => {
    bytes.setInt16(index * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff), true);
  });
  return bytes.buffer as ArrayBuffer;
}

/** The parts of a turn as one WAV file. */
export function wavOfPcm16(parts: readonly ArrayBuffer[]): Blob {
  const length = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const head = new DataView(new ArrayBuffer(44));
  const write = (at: number, text: string): void => {
    for (let index = 0; index < text.length; index += 1)
      head.setUint8(at + index, text.charCodeAt(index));
  };
  write(0, "RIFF");
  head.setUint32(4, 36 + length, true);
  write(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, RATE, true);
  head.setUint32(28, 2 * RATE, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  write(36, "data");
  head.setUint32(40, length, true);
  return new Blob([head.buffer as ArrayBuffer, ...parts], { type: "audio/wav" });
}
