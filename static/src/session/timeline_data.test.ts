import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest, stopsOf } from "./timeline_data";

test("a press finds the mark it lies in, else the nearest", () => {
  const stops = stopsOf(
    {
      marks: [
        [5, 5.4, "um", 1],
        [10, 14, "4.0 s", 1],
        [20, 20.3, "uh", 0],
      ],
    },
    "",
  );
  assert.deepEqual(
    [0, 8, 12, 16, 90].map((time) => nearest(stops, time)),
    [0, 1, 1, 1, 2],
  );
  assert.equal(nearest([], 3), 0);
});

test("a curve is heard for a few seconds from where its value was read", () => {
  const [stop] = stopsOf({ marks: [], points: [], stops: [[10, "148"]] }, "words a minute");
  assert.deepEqual(stop, { start: 10, end: 14, text: "148 words a minute" });
});
