import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, megabytes, ticks } from "./time";

test("times read as people say them", () => {
  assert.deepEqual([0, 41.9, 60, 192, 3725].map(clock), [
    "0:00",
    "0:41",
    "1:00",
    "3:12",
    "1:02:05",
  ]);
});

test("a time before the start is the start", () => {
  assert.equal(clock(-3), "0:00");
});

test("an axis runs from the start to the end in even steps", () => {
  assert.deepEqual(ticks(192, 5), [0, 48, 96, 144, 192]);
  assert.deepEqual(ticks(0, 5), [0]);
});

test("sizes carry their unit", () => {
  assert.equal(megabytes(3_420_000, "en"), "3.4 MB");
  assert.equal(megabytes(209_715_200, "en"), "210 MB");
});
