import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Turn, TurnStore } from "./turn_store";

function aTurn(values: Partial<Turn> = {}): Turn {
  const kept = { owner: "7", session: "3", at: 1, done: true, streamed: false };
  return { id: crypto.randomUUID(), ...kept, ...values };
}

test("turns wait in the order in which they were said, each for its own conversation and person", async () => {
  const store = await TurnStore.open(crypto.randomUUID());
  const [later, earlier] = [aTurn({ at: 9 }), aTurn({ at: 2, text: "Good morning" })];
  const others = [aTurn({ owner: "8" }), aTurn({ session: "4" })];
  for (const turn of [later, earlier, ...others]) await store.save(turn);
  assert.deepEqual(await store.waiting("7", "3"), [earlier, later]);
});

test("what was spoken reads back in order, and is gone with its turn", async () => {
  const store = await TurnStore.open(crypto.randomUUID());
  const turn = aTurn();
  await store.save(turn);
  for (let number = 0; number < 12; number += 1) {
    await store.append(turn.id, number, Uint8Array.of(number).buffer as ArrayBuffer);
  }
  const sound = await store.soundOf(turn.id);
  assert.deepEqual(
    sound.map((part) => new Uint8Array(part)[0]),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  );
  await store.forget(turn.id);
  assert.deepEqual(await store.soundOf(turn.id), []);
  assert.deepEqual(await store.waiting("7", "3"), []);
});
