/** Several takes as one recording: a reload or a crash in the middle leaves a take in parts. */
import type { Take, TakeStore } from "./take_store";

/** What analysis works with; more would only make the file longer. */
const RATE = 16_000;

/** Signed 16-bit samples with the header of a WAV file before them. */
export function wav(parts: Float32Array[], rate: number): ArrayBuffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const file = new DataView(new ArrayBuffer(44 + 2 * length));
  const write = (at: number, text: string): void => {
    for (const [index, letter] of [...text].entries())
      file.setUint8(at + index, letter.charCodeAt(0));
  };
  write(0, "RIFF");
  file.setUint32(4, 36 + 2 * length, true);
  write(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, rate, true);
  file.setUint32(28, 2 * rate, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  write(36, "data");
  file.setUint32(40, 2 * length, true);
  let at = 44;
  for (const part of parts) {
    for (const sample of part) {
      file.setInt16(at, Math.max(-1, Math.min(1, sample)) * 0x7fff, true);
      at += 2;
    }
  }
  return file.buffer;
}

async function samplesOf(audio: Blob): Promise<Float32Array | undefined> {
  const decoder = new OfflineAudioContext(1, 1, RATE);
  const data = await audio.arrayBuffer();
  const decoded = await decoder.decodeAudioData(data).catch(() => undefined);
  return decoded?.getChannelData(0);
}

/** The takes as one that stands in their place in the store; one that cannot be decoded stays by itself, as it was. */
export async function joined(store: TakeStore, takes: Take[]): Promise<Take | undefined> {
  const [only] = takes;
  if (takes.length < 2 || !only) return only;
  const parts: { take: Take; samples: Float32Array }[] = [];
  for (const take of takes) {
    const { audio } = await store.read(take);
    const samples = await samplesOf(audio);
    if (samples) parts.push({ take, samples });
    else await store.save({ ...take, practice: undefined });
  }
  const [first] = parts;
  if (parts.length < 2 || !first) return first?.take;
  const whole: Take = {
    ...first.take,
    id: crypto.randomUUID(),
    key: crypto.randomUUID(),
    mimeType: "audio/wav",
    seconds: parts.reduce((sum, { samples }) => sum + samples.length / RATE, 0),
    finished: true,
  };
  const samples = parts.map((part) => part.samples);
  await store.replace(
    parts.map((part) => part.take.id),
    whole,
    wav(samples, RATE),
  );
  return whole;
}
