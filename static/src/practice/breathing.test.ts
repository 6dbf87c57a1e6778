import assert from "node:assert/strict";
import { test } from "node:test";
import { breathAt } from "./breathing";

test("a breath of four and six goes in, then out, and begins again", () => {
  assert.deepEqual(breathAt([4, 6], 0), { phase: "in", left: 4, fullness: 0 });
  assert.deepEqual(breathAt([4, 6], 2), { phase: "in", left: 2, fullness: 0.5 });
  assert.deepEqual(breathAt([4, 6], 4), { phase: "out", left: 6, fullness: 1 });
  assert.deepEqual(breathAt([4, 6], 7), { phase: "out", left: 3, fullness: 0.5 });
  assert.deepEqual(breathAt([4, 6], 10), { phase: "in", left: 4, fullness: 0 });
});

test("three numbers hold the breath between", () => {
  assert.equal(breathAt([4, 2, 6], 5)?.phase, "hold");
  assert.equal(breathAt([4, 2, 6], 5)?.fullness, 1);
  assert.equal(breathAt([4, 2, 6], 6)?.phase, "out");
});

test("without a pattern nothing is breathed", () => {
  assert.equal(breathAt([], 3), undefined);
  assert.equal(breathAt([4], 3), undefined);
});
