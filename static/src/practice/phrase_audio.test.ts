import assert from "node:assert/strict";
import { test } from "node:test";
import { joined, RATE, spokenSpan, wavOf } from "./phrase_audio";

/** `silence` seconds of quiet noise, a tone of one second, and the same silence again. */
function phrase(silence: number): Float32Array {
  const samples = new Float32Array((2 * silence + 1) * RATE);
  return samples.map((_sample, index) => {
    const at = index / RATE;
    const loud = at >= silence && at < silence + 1 ? 0.3 : 0.0005;
    return loud * Math.sin(2 * Math.PI * 200 * at);
  });
}

test("a phrase is as long as it is spoken, whatever silence stands around it", () => {
  const span = spokenSpan(phrase(0.5));
  assert.ok(
    span && Math.abs(span.end - span.start - 1) < 0.05 && Math.abs(span.start - 0.5) < 0.03,
  );
});

test("silence is no phrase", () => {
  assert.equal(spokenSpan(new Float32Array(RATE)), undefined);
  assert.equal(joined([new Float32Array(RATE)]).length, 0);
});

test("phrases stand one after the other without the silence around them", () => {
  for (const silence of [0, 0.1, 2]) {
    const seconds = joined([phrase(silence), new Float32Array(RATE), phrase(1)]).length / RATE;
    assert.ok(Math.abs(seconds - 2 * (1 + 0.3 + 0.4)) < 0.05, String(seconds));
  }
});

test("the recording is a WAV of 16 bits", async () => {
  const view = new DataView(await wavOf(new Float32Array([0, 1, -2])).arrayBuffer());
  assert.equal(view.byteLength, 50);
  assert.equal(view.getUint32(24, true), RATE);
  assert.deepEqual(
    [view.getInt16(44, true), view.getInt16(46, true), view.getInt16(48, true)],
    [0, 32767, -32767],
  );
});
