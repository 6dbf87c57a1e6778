import assert from "node:assert/strict";
import { test } from "node:test";
import { type Play, ReplyQueue, type Sentence } from "./reply_queue";

function sentence(message: string, index: number): Sentence {
  return { message, index, last: false, audio: new Blob([`${message}${index}`]) };
}

/** A queue whose sentences last until `finish` is called. */
function aQueue() {
  const played: string[] = [];
  let over: () => void = () => undefined;
  const play: Play = async (audio, signal) => {
    played.push(await audio.text());
    await new Promise<void>((resolve) => {
      over = resolve;
      signal.addEventListener("abort", () => resolve());
    });
  };
  const queue = new ReplyQueue(play, () => undefined);
  const finish = async (): Promise<void> => {
    over();
    await new Promise((resolve) => setTimeout(resolve, 2));
  };
  return { queue, played, finish };
}

test("sentences are played in their order, each once, however they come", async () => {
  const { queue, played, finish } = aQueue();
  for (const index of [1, 0, 0, 2]) queue.add(sentence("a", index));
  for (let count = 0; count < 5; count += 1) await finish();
  queue.add(sentence("a", 1));
  await finish();
  assert.deepEqual(played, ["a0", "a1", "a2"]);
  assert.equal(queue.isSpeaking, false);
});

test("a reply that is interrupted says no more, and the next one is heard", async () => {
  const { queue, played, finish } = aQueue();
  queue.add(sentence("a", 0));
  queue.add(sentence("a", 1));
  await new Promise((resolve) => setTimeout(resolve, 2));
  queue.stop();
  await finish();
  queue.add(sentence("a", 2));
  await finish();
  queue.add(sentence("b", 0));
  await finish();
  assert.deepEqual(played, ["a0", "b0"]);
});

test("a new reply takes the place of the one that is spoken", async () => {
  const { queue, played, finish } = aQueue();
  queue.add(sentence("a", 0));
  await new Promise((resolve) => setTimeout(resolve, 2));
  queue.add(sentence("b", 0));
  await finish();
  await finish();
  assert.deepEqual(played, ["a0", "b0"]);
});
