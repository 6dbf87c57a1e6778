import assert from "node:assert/strict";
import { test } from "node:test";
import { FRAME_SECONDS, type GateEvent, VoiceGate } from "./voice_gate";

/** A frame of noise at `level` dB. */
function frame(level: number): Float32Array {
  const loudness = 10 ** (level / 20);
  return Float32Array.from({ length: 320 }, (_none, index) => (index % 2 ? loudness : -loudness));
}

/** What the gate says of `parts` of [dB, seconds], with the second at which it did. */
function said(gate: VoiceGate, ...parts: [number, number][]): [GateEvent, number][] {
  const events: [GateEvent, number][] = [];
  let frames = 0;
  for (const [level, seconds] of parts) {
    for (let count = Math.round(seconds / FRAME_SECONDS); count > 0; count -= 1) {
      frames += 1;
      const event = gate.hear(frame(level));
      if (event) events.push([event, Math.round(frames * FRAME_SECONDS * 10) / 10]);
    }
  }
  return events;
}

test("a turn begins with a voice and ends after as much silence as one is given", () => {
  const gate = new VoiceGate(2);
  assert.deepEqual(said(gate, [-60, 1], [-25, 1.5], [-60, 3]), [
    ["began", 1.1],
    ["ended", 4.5],
  ]);
});

test("a pause for thinking that is shorter than the patience ends nothing", () => {
  const gate = new VoiceGate(3);
  const heard = said(gate, [-60, 1], [-25, 1], [-60, 2.8], [-25, 1], [-60, 3.5]);
  assert.deepEqual(
    heard.map(([event]) => event),
    ["began", "ended"],
  );
});

test("a fan that starts is no voice for long, and a voice above it still is one", () => {
  const gate = new VoiceGate(1);
  const fan = said(gate, [-65, 1], [-46, 6]);
  assert.equal(fan.filter(([event]) => event === "began").length <= 1, true);
  assert.equal(gate.isOpen, false);
  assert.deepEqual(
    said(gate, [-46, 1], [-22, 1], [-46, 2]).map(([event]) => event),
    ["began", "ended"],
  );
});

test("a click is no turn", () => {
  assert.deepEqual(said(new VoiceGate(1), [-60, 1], [-10, 0.06], [-60, 1]), []);
});

test("a whisper below every voice is no turn", () => {
  assert.deepEqual(said(new VoiceGate(1), [-80, 2], [-60, 2]), []);
});

test("while the partner speaks only a clear voice interrupts", () => {
  const gate = new VoiceGate(1);
  gate.partnerSpeaks = true;
  assert.deepEqual(said(gate, [-55, 1], [-44, 1]), []);
  assert.deepEqual(
    said(gate, [-20, 0.5]).map(([event]) => event),
    ["began"],
  );
});

test("a turn begun by hand leaves time for the first word, and knows that none came", () => {
  const gate = new VoiceGate(1);
  gate.open();
  assert.deepEqual(said(gate, [-60, 8]), [["ended", 7]]);
  assert.equal(gate.heardVoice, false);
});

test("a turn begun by hand ends after its patience once something was said", () => {
  const gate = new VoiceGate(1);
  gate.open();
  assert.deepEqual(said(gate, [-60, 2], [-25, 1], [-60, 2]), [["ended", 4]]);
  assert.equal(gate.heardVoice, true);
});
