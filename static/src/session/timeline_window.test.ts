import assert from "node:assert/strict";
import { test } from "node:test";
import type { Mark } from "./timeline_data";
import { drawnMarks, stretchAt } from "./timeline_window";

test("a short recording is shown whole, a long one in parts of ten minutes", () => {
  assert.deepEqual(stretchAt(400, 900, false), { start: 0, end: 900 });
  assert.deepEqual(stretchAt(0, 7200, false), { start: 0, end: 600 });
  assert.deepEqual(stretchAt(1300, 7200, false), { start: 1200, end: 1800 });
  assert.deepEqual(stretchAt(9000, 7100, false), { start: 6600, end: 7100 });
  assert.deepEqual(stretchAt(1300, 7200, true), { start: 0, end: 7200 });
});

test("of two hours no more marks are drawn than can be told apart", () => {
  const marks = Array.from({ length: 3000 }, (_, index): Mark => {
    return [index * 2.4, index * 2.4 + 0.5, "0.5 s", index === 1500 ? 1 : 0];
  });
  const whole = drawnMarks(marks, { start: 0, end: 7200 }, 300);
  assert.equal(whole.length, 300);
  assert.equal(whole.filter((mark) => mark[3] === 1).length, 1);
  const part = drawnMarks(marks, { start: 600, end: 1200 }, 300);
  assert.equal(part.length, 251);
  assert.equal(marks[1500]?.[3], 1);
});
