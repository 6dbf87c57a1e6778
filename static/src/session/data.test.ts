import assert from "node:assert/strict";
import { test } from "node:test";
import { neighbour, type SpeechEvent } from "./data";
import { lastAtOrBefore } from "./transcript";

const EVENTS: SpeechEvent[] = [5, 10, 20].map((start) => ({
  type: "filled_pause",
  start,
  end: start + 0.4,
  text: "um",
  tier: "sure",
}));

test("arrows go to the next event, and on from it", () => {
  assert.equal(neighbour(EVENTS, 0, 1)?.start, 5);
  assert.equal(neighbour(EVENTS, 5, 1)?.start, 10);
  assert.equal(neighbour(EVENTS, 20, 1), undefined);
});

test("arrows go back to the event before, not to the one just reached", () => {
  assert.equal(neighbour(EVENTS, 10.2, -1)?.start, 5);
  assert.equal(neighbour(EVENTS, 12, -1)?.start, 10);
  assert.equal(neighbour(EVENTS, 5, -1), undefined);
});

test("the word at a time is the last that has begun", () => {
  const starts = [0.2, 0.9, 1.4];
  assert.deepEqual(
    [0, 0.2, 1, 9].map((time) => lastAtOrBefore(starts, time)),
    [-1, 0, 1, 2],
  );
  assert.equal(lastAtOrBefore([], 3), -1);
});
