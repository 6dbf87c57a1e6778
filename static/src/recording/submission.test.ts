import assert from "node:assert/strict";
import { test } from "node:test";
import { multipart, outcomeOf } from "./submission";

const FORM = {
  key: "0b0f6f2e-52b0-4f0a-9f3e-000000000001",
  fields: [
    ["title", 'A "quoted" title, zwölf'],
    ["kind", "talk"],
  ] as [string, string][],
  file: {
    field: "audio_file",
    name: "my\nrecording.webm",
    body: new Blob(["sound"], { type: "audio/webm" }),
  },
};

test("the body is read back by a standard parser", async () => {
  const body = multipart(FORM);
  const form = await new Response(body, { headers: { "Content-Type": body.type } }).formData();
  assert.equal(form.get("title"), 'A "quoted" title, zwölf');
  assert.equal(form.get("kind"), "talk");
  const file = form.get("audio_file") as File;
  assert.equal(file.type, "audio/webm");
  assert.equal(await file.text(), "sound");
});

test("the body of a retry is byte for byte the same", async () => {
  assert.equal(await multipart(FORM).text(), await multipart(FORM).text());
});

test("a created session is stored at the address that the server gave", () => {
  const body = '{"id": 3, "url": "/speech-sessions/3/"}';
  assert.deepEqual(outcomeOf(201, body, null), { kind: "stored", url: "/speech-sessions/3/" });
});

test("a refusal carries its errors", () => {
  const errors = [{ code: "not_audio", detail: "Not sound.", attr: "audio_file" }];
  const body = JSON.stringify({ detail: "Not sound.", type: "client_error", errors });
  assert.deepEqual(outcomeOf(415, body, null), {
    kind: "refused",
    status: 415,
    detail: "Not sound.",
    errors,
  });
});

test("a page in place of JSON means that the sign-in has ended, never that the take is stored", () => {
  assert.deepEqual(outcomeOf(200, "<!doctype html>", null), { kind: "signed-out" });
  assert.deepEqual(outcomeOf(403, "<!doctype html>", null), { kind: "signed-out" });
  assert.deepEqual(outcomeOf(401, '{"detail": "Sign in."}', null), { kind: "signed-out" });
});

test("a proxy's bare 413 is a refusal", () => {
  assert.equal(outcomeOf(413, "<html>too large</html>", null).kind, "refused");
});

test("a busy server is asked again when it says", () => {
  assert.deepEqual(outcomeOf(503, "", "7"), { kind: "unreachable", retryAfter: 7 });
});
