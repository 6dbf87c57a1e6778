import assert from "node:assert/strict";
import { test } from "node:test";
import { renumbered, secondsOf } from "./sequence_rows";

test("a time is read as minutes and seconds, or as seconds", () => {
  assert.deepEqual(["1:30", "90", " 0:05 ", "1:00:00"].map(secondsOf), [90, 90, 5, 3600]);
});

test("what is no time counts as none", () => {
  for (const typed of ["", "soon", "1:75", "1:2:3:4", "-5", "1.5"]) {
    assert.equal(secondsOf(typed), undefined, typed);
  }
});

test("every name of a row follows its place", () => {
  assert.equal(renumbered("steps-3-title", 0), "steps-0-title");
  assert.equal(renumbered("id_steps-__prefix__-seconds_error", 2), "id_steps-2-seconds_error");
  assert.equal(renumbered("up-3", 1), "up-1");
  assert.equal(renumbered("add", 1), "add");
});
