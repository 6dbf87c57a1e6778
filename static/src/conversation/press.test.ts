import assert from "node:assert/strict";
import { test } from "node:test";
import { Press } from "./press";

function aPress(isOpen = false) {
  const said: string[] = [];
  const press = new Press({
    begin: () => said.push("begin"),
    tapped: () => said.push("tapped"),
    finish: () => said.push("finish"),
    isOpen: () => isOpen,
  });
  return { press, said };
}

test("a short press begins a turn that goes on", () => {
  const { press, said } = aPress();
  press.down(0);
  press.up(200);
  assert.deepEqual(said, ["begin", "tapped"]);
});

test("a long press lasts as long as the turn, however often the key repeats", () => {
  const { press, said } = aPress();
  press.down(0);
  press.down(300);
  press.up(2000);
  assert.deepEqual(said, ["begin", "finish"]);
});

test("a press while a turn is open ends it, and letting go says nothing more", () => {
  const { press, said } = aPress(true);
  press.down(0);
  press.up(600);
  assert.deepEqual(said, ["finish"]);
});
