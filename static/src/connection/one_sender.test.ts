import assert from "node:assert/strict";
import { test } from "node:test";
import { OneSender } from "./one_sender";

// Node has no window that comes online.
Object.assign(globalThis, {
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
});

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

test("what is stored while a round ends is sent by another", async () => {
  const waiting = ["first"];
  const sent: string[] = [];
  const sender: OneSender = new OneSender(async () => {
    sent.push(...waiting.splice(0));
    await turn();
  });
  const first = sender.ask();
  await Promise.resolve();
  waiting.push("second");
  await Promise.all([first, sender.ask()]);
  assert.deepEqual(sent, ["first", "second"]);
});

test("two rounds never run at once", async () => {
  let running = 0;
  let most = 0;
  const sender = new OneSender(async () => {
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
  });
  await Promise.all([sender.ask(), sender.ask(), turn().then(() => sender.ask())]);
  assert.equal(most, 1);
});

test("asking ends a rest, and a round that was asked meanwhile does not rest", async () => {
  let tries = 0;
  const sender: OneSender = new OneSender(async () => {
    for (tries = 1; tries < 3; tries += 1) {
      await turn();
      await sender.rest(3600);
    }
  });
  const sent = sender.ask();
  sender.ask();
  await turn();
  await turn();
  sender.ask();
  await sent;
  assert.ok(tries >= 3);
});

test("a round that fails does not keep the next one from being asked for", async () => {
  let rounds = 0;
  const sender = new OneSender(async () => {
    rounds += 1;
    if (rounds === 1) throw new Error("The store is gone.");
  });
  await assert.rejects(sender.ask());
  await sender.ask();
  assert.equal(rounds, 2);
});
