import assert from "node:assert/strict";
import { test } from "node:test";
import { type RealtimeEvent, RealtimeTurns } from "./realtime_turns";

const TRANSCRIBED = "conversation.item.input_audio_transcription";

function heard(turns: RealtimeTurns, ...events: RealtimeEvent[]): void {
  for (const event of events) turns.hear(event);
}

function textsOf(items: readonly { text: string }[]): string[] {
  return items.map((item) => item.text);
}

test("a learner's words that are written down after the answer come before it", () => {
  const turns = new RealtimeTurns();
  heard(
    turns,
    { type: "input_audio_buffer.speech_started", item_id: "u1", audio_start_ms: 400 },
    { type: "input_audio_buffer.speech_stopped", item_id: "u1", audio_end_ms: 2900 },
    { type: "response.output_audio_transcript.delta", item_id: "a1", delta: "Very " },
    { type: "response.output_audio_transcript.done", item_id: "a1", transcript: "Very well." },
  );
  assert.deepEqual(turns.ready(), []);
  assert.equal(turns.isWriting, true);

  heard(turns, { type: `${TRANSCRIBED}.completed`, item_id: "u1", transcript: "A soup." });

  const ready = turns.ready();
  assert.deepEqual(textsOf(ready), ["A soup.", "Very well."]);
  assert.equal(ready[0]?.seconds, 2.5);
  assert.deepEqual(turns.ready(), []);
});

test("a turn that was begun too early stands where the service says", () => {
  const turns = new RealtimeTurns();
  heard(
    turns,
    { type: "input_audio_buffer.speech_started", item_id: "u1" },
    { type: "input_audio_buffer.speech_started", item_id: "u2" },
    {
      type: "conversation.item.added",
      previous_item_id: "u1",
      item: { id: "a1", type: "message", role: "assistant" },
    },
  );
  assert.deepEqual(
    turns.open.map((item) => item.id),
    ["u1", "a1", "u2"],
  );
});

test("noise without a word and a call of a function are no turns", () => {
  const turns = new RealtimeTurns();
  heard(
    turns,
    { type: "input_audio_buffer.speech_started", item_id: "u1" },
    { type: `${TRANSCRIBED}.completed`, item_id: "u1", transcript: " " },
    { type: "conversation.item.added", item: { id: "f1", type: "function_call" } },
  );
  assert.deepEqual(turns.ready(), []);
  assert.deepEqual(turns.open, []);
});

test("what could not be written down is told once, and does not hold up the answer", () => {
  const turns = new RealtimeTurns();
  heard(
    turns,
    { type: "input_audio_buffer.speech_started", item_id: "u1" },
    { type: `${TRANSCRIBED}.failed`, item_id: "u1" },
    { type: "response.output_audio_transcript.done", item_id: "a1", transcript: "Pardon?" },
  );
  assert.deepEqual(textsOf(turns.ready()), ["Pardon?"]);
  assert.deepEqual([turns.takeUnwritten(), turns.takeUnwritten()], [true, false]);
});

test("an answer that was interrupted is what was said of it", () => {
  const turns = new RealtimeTurns();
  heard(
    turns,
    { type: "response.output_audio_transcript.delta", item_id: "a1", delta: "Well, I" },
    { type: "response.done", response: { status: "cancelled", output: [{ id: "a1" }] } },
  );
  assert.deepEqual(textsOf(turns.ready()), ["Well, I"]);
});

test("a turn that nobody finishes gives way to later ones, and all come out at the end", () => {
  let now = 0;
  const turns = new RealtimeTurns(() => now);
  heard(
    turns,
    { type: `${TRANSCRIBED}.delta`, item_id: "u1", delta: "A so" },
    { type: "response.output_audio_transcript.done", item_id: "a1", transcript: "Yes?" },
  );
  assert.deepEqual(turns.ready(), []);
  now = 16_000;
  assert.deepEqual(textsOf(turns.ready()), ["A so", "Yes?"]);
  heard(turns, { type: `${TRANSCRIBED}.delta`, item_id: "u2", delta: "And" });
  assert.deepEqual(textsOf(turns.close()), ["And"]);
});

test("a turn that is kept elsewhere is forgotten here", () => {
  const turns = new RealtimeTurns();
  heard(turns, { type: `${TRANSCRIBED}.completed`, item_id: "u1", transcript: "Hello." });
  turns.ready();
  assert.equal(turns.open.length, 1);
  turns.forget("u1");
  assert.equal(turns.open.length, 0);
});
