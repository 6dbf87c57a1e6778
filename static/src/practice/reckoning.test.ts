import assert from "node:assert/strict";
import { test } from "node:test";
import { outcomeOf, type Step, shareAt, signalAt, stepsOver } from "./reckoning";

const think: Step = { title: "Think", seconds: 30, spoken: false };
const speak: Step = { title: "Speak", seconds: 120, spoken: true };

test("lights change at half, at three quarters and at the end of a spoken step", () => {
  const found = [0, 59, 60, 89, 90, 119, 120, 200].map((into) => signalAt(speak, into));
  const none = undefined;
  assert.deepEqual(found, [none, none, "green", "green", "amber", "amber", "red", "red"]);
});

test("a step to think has no lights", () => {
  assert.equal(signalAt(think, 40), undefined);
  assert.equal(signalAt(undefined, 40), undefined);
});

test("the ring is full at the end and stays so", () => {
  assert.deepEqual(
    [0, 60, 120, 500].map((into) => shareAt(speak, into)),
    [0, 0.5, 1, 1],
  );
});

test("half of the steps or of the time is partial, less is broken off", () => {
  assert.equal(outcomeOf([think, speak], 2, 10), "completed");
  assert.equal(outcomeOf([think, speak], 1, 40), "partial");
  assert.equal(outcomeOf([think, speak, speak, speak], 1, 200), "partial");
  assert.equal(outcomeOf([think, speak, speak, speak], 1, 40), "abandoned");
  assert.equal(outcomeOf([], 0, 3), "completed");
});

test("steps that nobody speaks in end by themselves, however late one looks; the last one does not", () => {
  assert.deepEqual(
    [29, 30, 59, 60, 900].map((into) => stepsOver([think, think, speak], 0, into)),
    [0, 1, 1, 2, 2],
  );
  assert.equal(stepsOver([speak, think], 0, 900), 0);
  assert.equal(stepsOver([think, think], 0, 900), 1);
});
