import assert from "node:assert/strict";
import { test } from "node:test";
import { wav } from "./joined";

test("samples become a WAV file of their rate, one part after the other, clipped at full scale", () => {
  const file = new DataView(wav([new Float32Array([0, 0.5]), new Float32Array([-1, 2])], 16_000));
  const text = (at: number, length: number): string =>
    String.fromCharCode(...new Uint8Array(file.buffer, at, length));
  assert.deepEqual([text(0, 4), text(8, 8), text(36, 4)], ["RIFF", "WAVEfmt ", "data"]);
  assert.equal(file.getUint32(24, true), 16_000);
  assert.equal(file.getUint32(40, true), 8);
  assert.equal(file.getUint32(4, true), file.byteLength - 8);
  const samples = [44, 46, 48, 50].map((at) => file.getInt16(at, true));
  assert.deepEqual(samples, [0, 16_383, -32_767, 32_767]);
});
