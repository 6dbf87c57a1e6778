import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUpdate, remaining } from "./update";

test("a progress message tells state, stage and share", () => {
  const text =
    '{"type": "progress", "id": 3, "seq": 8, "state": "running", "stage": "transcribe", "progress": 40}';
  assert.deepEqual(parseUpdate(text), {
    state: "running",
    stage: "transcribe",
    progress: 40,
    seq: 8,
  });
});

test("a run that has ended is known by the message's type alone", () => {
  assert.equal(parseUpdate('{"type": "done", "id": 3, "seq": 9}')?.state, "done");
  assert.equal(
    parseUpdate('{"type": "failed", "id": 3, "seq": 9, "error": "silent"}')?.state,
    "failed",
  );
});

test("the answer of the status address is understood without a sequence number", () => {
  const update = parseUpdate('{"state": "queued", "stage": "", "progress": 0, "error": ""}');
  assert.deepEqual(update, { state: "queued", stage: "", progress: 0 });
});

test("what is no progress is left alone", () => {
  assert.equal(parseUpdate('{"type": "pong"}'), undefined);
  assert.equal(parseUpdate("<!doctype html>"), undefined);
});

test("the time left follows from the speed so far, once there is some", () => {
  assert.equal(remaining(10, 20, 60), 10);
  assert.equal(remaining(1, 0, 50), undefined);
  assert.equal(remaining(60, 40, 42), undefined);
});
