import assert from "node:assert/strict";
import { test } from "node:test";
import { agree, clockFrom, ServerClock, type SessionState } from "./session_state";

const SERVER = Date.parse("2026-11-20T17:10:00Z");
// This device's clock is an hour slow.
const HERE = SERVER - 3_600_000;

const session: SessionState = {
  session_id: 41,
  client_id: null,
  started_at: "2026-11-20T17:00:00Z",
  paused_at: null,
  completed_at: null,
  steps: [
    { number: 1, completed: true, seconds: 30 },
    { number: 2, completed: false, seconds: 12 },
  ],
  pauses: [{ started_at: "2026-11-20T17:02:00Z", ended_at: "2026-11-20T17:03:30Z" }],
};

function slowClock(): ServerClock {
  const clock = new ServerClock();
  clock.hear(SERVER, HERE);
  return clock;
}

test("a running practice counts by the server's clock, whatever this device's says", () => {
  assert.deepEqual(clockFrom(session, slowClock(), HERE), {
    spent: 510,
    since: HERE,
    step: 1,
    stepBegan: 42,
    took: [30],
  });
});

test("a paused practice stands where the break began", () => {
  const paused_at = "2026-11-20T17:05:00Z";
  const pauses = [...session.pauses, { started_at: paused_at, ended_at: null }];
  const found = clockFrom({ ...session, paused_at, pauses }, slowClock(), HERE + 60_000);
  assert.equal(found.spent, 210);
  assert.equal(found.since, null);
});

test("the quickest message tells best how far the clocks are apart", () => {
  const clock = new ServerClock();
  clock.hear(1000, 1300);
  clock.hear(2000, 2040);
  clock.hear(3000, 3900);
  assert.equal(clock.here(10_000), 10_040);
});

test("a clock that was set is believed anew", () => {
  const clock = new ServerClock();
  clock.hear(1000, 1000);
  clock.hear(2000, 62_000);
  assert.equal(clock.here(2000), 62_000);
});

test("clocks that show the same within a moment agree; paused and running do not", () => {
  const one = { spent: 100, since: HERE, step: 1, stepBegan: 30, took: [30] };
  assert.ok(agree(one, { ...one, spent: 61, since: HERE - 40_000 }, HERE));
  assert.ok(!agree(one, { ...one, since: null }, HERE));
  assert.ok(!agree(one, { ...one, spent: 97 }, HERE));
  assert.ok(!agree(one, { ...one, took: [30, 20] }, HERE));
});
