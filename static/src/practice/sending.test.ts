import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { TakeStore } from "../recording/take_store";
import { type Operation, type Practice, Practices } from "./practices";
import { sendWaiting } from "./sending";

interface Asked {
  url: string;
  body: { operations: (Operation & { key: string })[] };
}

type Answer = (asked: Asked) => Response | undefined;

// Node 20 has no navigator, and one page alone needs no lock.
if (!globalThis.navigator) Object.defineProperty(globalThis, "navigator", { value: {} });
const real = globalThis.fetch;
const token = async () => "token";

afterEach(() => {
  globalThis.fetch = real;
});

/** A server that says who is signed in, and leaves everything else to `answer`; undefined is no connection. */
function server(answer: Answer, person = 7): Asked[] {
  const asked: Asked[] = [];
  globalThis.fetch = async (input, options) => {
    const url = String(input);
    if (url.endsWith("/auth/me/")) return Response.json({ id: person });
    const body = typeof options?.body === "string" ? JSON.parse(options.body) : undefined;
    asked.push({ url, body });
    const response = answer({ url, body });
    if (!response) throw new TypeError("Failed to fetch");
    return response;
  };
  return asked;
}

function accepting({ body }: Asked): Response {
  const results = body.operations.map(({ key, op }) => ({
    key,
    status: op === "start" ? 201 : 200,
    body: { session_id: 42 },
  }));
  return Response.json({ results });
}

function aPractice(name: string, id: number | null): Practice {
  const clock = { spent: 0, since: null, step: 0, stepBegan: 0, took: [] };
  return { owner: "7", name, id, rendered: 0, clock, ended: false, changedAt: 0 };
}

async function practicesWith(practice: Practice, ...ops: Operation["op"][]): Promise<Practices> {
  const practices = await Practices.open("7", crypto.randomUUID());
  const session = practice.id ?? practice.name;
  await practices.put(practice, ...ops.map((op) => ({ operation: { op, session } })));
  return practices;
}

test("what waits is sent in one go and in its order, each change under a key of its own", async () => {
  const practices = await practicesWith(aPractice("41", 41), "pause", "resume", "complete");
  const asked = server(accepting);
  assert.deepEqual(await sendWaiting(practices, token), { kind: "done", refused: 0 });
  const sent = asked.flatMap((each) => each.body.operations);
  assert.deepEqual(
    sent.map((each) => each.op),
    ["pause", "resume", "complete"],
  );
  assert.equal(new Set(sent.map((each) => each.key)).size, 3);
  assert.deepEqual(await practices.waiting(), []);
});

test("without a connection everything waits, and is sent later under the same keys", async () => {
  const practices = await practicesWith(aPractice("41", 41), "pause", "complete");
  const before = await practices.waiting();
  server(() => undefined);
  assert.equal((await sendWaiting(practices, token)).kind, "later");
  assert.deepEqual(await practices.waiting(), before);
  const asked = server(accepting);
  await sendWaiting(practices, token);
  assert.deepEqual(
    asked[0]?.body.operations.map((each) => each.key),
    before.map((each) => each.key),
  );
});

test("nothing is sent into the account of somebody else", async () => {
  const practices = await practicesWith(aPractice("41", 41), "complete");
  const asked = server(accepting, 8);
  assert.deepEqual(await sendWaiting(practices, token), { kind: "signed-out" });
  assert.deepEqual(asked, []);
  assert.equal((await practices.waiting()).length, 1);
});

test("a practice begun without a connection learns its number, and its take is sent there", async () => {
  const practice = aPractice("made-here", null);
  const practices = await practicesWith(practice, "start", "complete");
  const takes = await TakeStore.open();
  const take = {
    id: "take",
    key: "take-key",
    owner: "7",
    mimeType: "audio/webm",
    startedAt: 0,
    seconds: 1,
    finished: true,
    practice: "made-here",
  };
  await takes.append(take, { take: "take", number: 0, data: new ArrayBuffer(3), levels: [] });
  await practices.put(practice, { take: "take" });
  const asked = server((each) =>
    each.url.includes("/sync/")
      ? accepting(each)
      : Response.json({ id: 9, url: "/speech-sessions/9/" }, { status: 201 }),
  );
  assert.equal((await sendWaiting(practices, token)).kind, "done");
  assert.equal(asked.at(-1)?.url, "/practice/42/recording/");
  assert.equal((await practices.find("42"))?.name, "made-here");
  assert.deepEqual(await takes.takesOf("7"), []);
});

test("a take that the server refuses stays, for the recorder's page to offer", async () => {
  const practices = await practicesWith(aPractice("41", 41));
  const takes = await TakeStore.open();
  const base = { owner: "7", mimeType: "audio/webm", startedAt: 0, seconds: 1, finished: true };
  const take = { ...base, id: "refused", key: "refused-key", practice: "41" };
  await takes.append(take, { take: "refused", number: 0, data: new ArrayBuffer(3), levels: [] });
  await practices.put(aPractice("41", 41), { take: "refused" });
  server(() => Response.json({ detail: "No.", errors: [] }, { status: 415 }));
  assert.deepEqual(await sendWaiting(practices, token), { kind: "done", refused: 1 });
  const [kept] = await takes.takesOf("7");
  assert.deepEqual([kept?.id, kept?.practice], ["refused", undefined]);
});

test("what is refused for good holds up nothing; what followed it is sent again", async () => {
  const practices = await practicesWith(aPractice("41", 41), "pause", "complete");
  let round = 0;
  const asked = server((each) => {
    round += 1;
    if (round > 1) return accepting(each);
    const [first, second] = each.body.operations;
    const error = (code: string) => ({ errors: [{ code }] });
    return Response.json({
      results: [
        { key: first?.key, status: 422, error: error("invalid") },
        { key: second?.key, status: 409, error: error("earlier_refused") },
      ],
    });
  });
  assert.deepEqual(await sendWaiting(practices, token), { kind: "done", refused: 1 });
  assert.deepEqual(
    asked.map((each) => each.body.operations.length),
    [2, 1],
  );
});

test("a practice whose exercise is gone meanwhile becomes a free one", async () => {
  const practices = await Practices.open("7", crypto.randomUUID());
  const practice = aPractice("made-here", null);
  const start: Operation = { op: "start", session: "made-here", at: "x", sequence_id: 5 };
  await practices.put(practice, { operation: start });
  const asked = server((each) => {
    const [first] = each.body.operations;
    if (first && "sequence_id" in first)
      return Response.json({
        results: [{ key: first.key, status: 404, error: { errors: [{ code: "not_found" }] } }],
      });
    return accepting(each);
  });
  assert.deepEqual(await sendWaiting(practices, token), { kind: "done", refused: 0 });
  assert.deepEqual(
    asked.map((each) => "sequence_id" in (each.body.operations[0] ?? {})),
    [true, false],
  );
});

test("a practice is forgotten only once nothing of it waits", async () => {
  const practices = await practicesWith(aPractice("41", 41), "complete");
  await practices.forget("41");
  assert.ok(await practices.get("41"));
  server(accepting);
  await sendWaiting(practices, token);
  await practices.forget("41");
  assert.equal(await practices.get("41"), undefined);
});

test("the number that the server gives and what happens here meanwhile both stay", async () => {
  const practice = aPractice("made-here", null);
  const practices = await practicesWith(practice, "start");
  const clock = { ...practice.clock, spent: 30 };
  await Promise.all([
    practices.number("made-here", 42),
    practices.put({ ...practice, clock }, { operation: { op: "pause", session: "made-here" } }),
  ]);
  const kept = await practices.get("made-here");
  assert.deepEqual([kept?.id, kept?.clock.spent], [42, 30]);
  assert.equal((await practices.find("42"))?.name, "made-here");
});
