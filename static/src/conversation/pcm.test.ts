import assert from "node:assert/strict";
import { test } from "node:test";
import { FRAME, Framer, pcm16, RATE, Resampler, wavOfPcm16 } from "./pcm";

function tone(hertz: number, rate: number, seconds = 1): Float32Array {
  return Float32Array.from({ length: rate * seconds }, (_none, index) =>
    Math.sin((2 * Math.PI * hertz * index) / rate),
  );
}

function resampled(samples: Float32Array, rate: number, block = 128): Float32Array {
  const resampler = new Resampler(rate);
  const parts: number[] = [];
  for (let at = 0; at < samples.length; at += block) {
    parts.push(...resampler.push(samples.subarray(at, at + block)));
  }
  return Float32Array.from(parts);
}

function loudness(samples: Float32Array): number {
  const middle = samples.subarray(1000, samples.length - 1000);
  return Math.sqrt(middle.reduce((sum, sample) => sum + sample * sample, 0) / middle.length);
}

for (const rate of [44_100, 48_000, 96_000, 8_000]) {
  test(`a tone at ${rate} samples a second is the same tone at 16,000`, () => {
    const made = resampled(tone(440, rate), rate);
    assert.ok(Math.abs(made.length - RATE) < 60, String(made.length));
    const wanted = tone(440, RATE);
    const worst = made.reduce((most, sample, index) => {
      const inside = index > 500 && index < made.length - 500;
      return inside ? Math.max(most, Math.abs(sample - (wanted[index] ?? 0))) : most;
    }, 0);
    assert.ok(worst < 0.02, String(worst));
  });
}

test("what is too high for 16,000 samples a second is left out rather than folded down", () => {
  assert.ok(loudness(resampled(tone(11_000, 48_000), 48_000)) < 0.01);
  assert.ok(loudness(resampled(tone(3_000, 48_000), 48_000)) > 0.69);
});

test("blocks of any length leave no seam", () => {
  const samples = tone(700, 48_000, 0.2);
  const whole = resampled(samples, 48_000, samples.length);
  assert.deepEqual(resampled(samples, 48_000, 97), whole);
});

test("frames are of 20 ms and nothing between them is lost", () => {
  const framer = new Framer();
  const samples = tone(200, RATE, 0.1);
  const frames = [samples.subarray(0, 500), samples.subarray(500)].flatMap((part) =>
    framer.push(part),
  );
  assert.equal(frames.length, 5);
  assert.deepEqual(Float32Array.from(frames.flatMap((frame) => [...frame])), samples);
  assert.equal(frames[0]?.length, FRAME);
});

test("a turn is a WAV file of 16 bits, and what is too loud is cut", async () => {
  const file = wavOfPcm16([pcm16(Float32Array.of(0, 1, -1)), pcm16(Float32Array.of(4))]);
  const view = new DataView(await file.arrayBuffer());
  assert.equal(view.byteLength, 44 + 8);
  assert.equal(view.getUint32(24, true), RATE);
  assert.equal(view.getUint32(40, true), 8);
  assert.deepEqual(
    [0, 1, 2, 3].map((index) => view.getInt16(44 + 2 * index, true)),
    [0, 32767, -32767, 32767],
  );
});
