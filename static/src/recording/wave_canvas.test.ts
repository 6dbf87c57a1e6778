import assert from "node:assert/strict";
import { test } from "node:test";
import { squeeze } from "./wave_canvas";

test("every bar is as tall as the loudest moment it stands for", () => {
  assert.deepEqual(squeeze([0.1, 0.9, 0.2, 0.3], 2), [0.9, 0.3]);
});

test("a take shorter than its bars fills them all", () => {
  assert.deepEqual(squeeze([0.2, 0.8], 4), [0.2, 0.2, 0.8, 0.8]);
});

test("nothing heard draws nothing", () => {
  assert.deepEqual(squeeze([], 3), []);
});
