import assert from "node:assert/strict";
import { test } from "node:test";
import { backOff, retryAfter, worthRetrying } from "./retry";

test("waiting doubles from one second and ends at a minute", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 20].map((attempt) => backOff(attempt, 0, () => 0));
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test("waiting is spread by at most a fifth", () => {
  assert.equal(
    backOff(4, 0, () => 1),
    6.4,
  );
});

test("waiting is never shorter than the server asked for", () => {
  assert.equal(
    backOff(1, 30, () => 0.5),
    30,
  );
});

test("Retry-After is read as seconds, as a date, or as nothing", () => {
  const now = Date.parse("2026-11-21T10:00:00Z");
  assert.equal(retryAfter("12", now), 12);
  assert.equal(retryAfter("Sat, 21 Nov 2026 10:00:30 GMT", now), 30);
  assert.equal(retryAfter("Sat, 21 Nov 2026 09:00:00 GMT", now), 0);
  assert.equal(retryAfter("soon", now), 0);
  assert.equal(retryAfter(null, now), 0);
});

test("only answers that can heal are tried again", () => {
  const healing = [0, 408, 425, 429, 500, 502, 503, 504];
  const final = [200, 201, 400, 401, 403, 404, 413, 415, 422];
  assert.ok(healing.every((status) => worthRetrying(status, false)));
  assert.ok(!final.some((status) => worthRetrying(status, true)));
});

test("a conflict is tried again only when the server says when", () => {
  assert.equal(worthRetrying(409, true), true);
  assert.equal(worthRetrying(409, false), false);
});
