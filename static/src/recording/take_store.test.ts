import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Take, TakeStore } from "./take_store";

function aTake(values: Partial<Take> = {}): Take {
  return {
    id: crypto.randomUUID(),
    key: crypto.randomUUID(),
    owner: "7",
    mimeType: "audio/webm",
    startedAt: 1000,
    seconds: 0,
    finished: false,
    ...values,
  };
}

function bytes(...values: number[]): ArrayBuffer {
  return new Uint8Array(values).buffer;
}

async function storeWith(take: Take, ...chunks: number[][]): Promise<TakeStore> {
  const store = await TakeStore.open(crypto.randomUUID());
  for (const [number, data] of chunks.entries()) {
    take.seconds = number + 1;
    await store.append(take, {
      take: take.id,
      number,
      data: bytes(...data),
      levels: [number / 10],
    });
  }
  return store;
}

test("a take reads back whole and in order, with its levels", async () => {
  const take = aTake();
  const chunks = Array.from({ length: 12 }, (_, number) => [number, number]);
  const store = await storeWith(take, ...chunks);
  const { audio, levels } = await store.read(take);
  assert.equal(audio.type, "audio/webm");
  assert.deepEqual([...new Uint8Array(await audio.arrayBuffer())], chunks.flat());
  assert.equal(levels.length, 12);
});

test("an unfinished take is found after the page was closed in the middle", async () => {
  const take = aTake();
  const name = crypto.randomUUID();
  const before = await TakeStore.open(name);
  await before.append(take, { take: take.id, number: 0, data: bytes(1), levels: [] });
  before.close();
  const found = await (await TakeStore.open(name)).takesOf("7");
  assert.deepEqual(
    found.map(({ id, finished }) => ({ id, finished })),
    [{ id: take.id, finished: false }],
  );
});

test("a take is never offered to another account", async () => {
  const store = await storeWith(aTake({ owner: "7" }), [1]);
  assert.deepEqual(await store.takesOf("8"), []);
});

test("a take without sound is not offered", async () => {
  const store = await TakeStore.open(crypto.randomUUID());
  await store.save(aTake());
  assert.deepEqual(await store.takesOf("7"), []);
});

test("the newest take is offered first", async () => {
  const store = await storeWith(aTake({ startedAt: 1 }), [1]);
  const newer = aTake({ startedAt: 2 });
  await store.append(newer, { take: newer.id, number: 0, data: bytes(2), levels: [] });
  assert.deepEqual(
    (await store.takesOf("7")).map((take) => take.startedAt),
    [2, 1],
  );
});

test("deleting a take removes its sound and leaves the others", async () => {
  const gone = aTake();
  const store = await storeWith(gone, [1], [2]);
  const kept = aTake();
  await store.append(kept, { take: kept.id, number: 0, data: bytes(3), levels: [] });
  await store.delete(gone.id);
  assert.equal((await store.read(gone)).audio.size, 0);
  assert.equal((await store.read(kept)).audio.size, 1);
});

test("a take that replaces its parts keeps their sound and leaves nothing else of them", async () => {
  const [one, other] = [aTake(), aTake()];
  const store = await storeWith(one, [1]);
  await store.append(other, { take: other.id, number: 0, data: bytes(2), levels: [] });
  const whole = aTake({ seconds: 2 });
  await store.replace([one.id, other.id], whole, bytes(1, 2));
  assert.deepEqual(
    (await store.takesOf("7")).map((take) => take.id),
    [whole.id],
  );
  assert.equal((await store.read(whole)).audio.size, 2);
});
