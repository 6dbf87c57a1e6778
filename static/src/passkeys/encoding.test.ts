import assert from "node:assert/strict";
import { test } from "node:test";
import { creationOptions, requestOptions, toBytes, toText } from "./encoding";

test("bytes come back as they were, in the alphabet of addresses", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, value) => value);

  const text = toText(bytes.buffer);

  assert.match(text, /^[A-Za-z0-9_-]+$/);
  assert.deepEqual(toBytes(text), bytes);
});

test("options of a request get bytes where the browser wants them", () => {
  const options = requestOptions({
    challenge: "AQID",
    rpId: "localhost",
    allowCredentials: [{ id: "BAU", type: "public-key" }],
  });

  assert.deepEqual(options.challenge, Uint8Array.of(1, 2, 3));
  assert.deepEqual(options.allowCredentials?.[0]?.id, Uint8Array.of(4, 5));
  assert.equal(options.rpId, "localhost");
});

test("options of a request without credentials allow any", () => {
  assert.deepEqual(requestOptions({ challenge: "AQID" }).allowCredentials, []);
});

test("options of a creation keep the name and turn the handle into bytes", () => {
  const options = creationOptions({
    challenge: "AQID",
    user: { id: "Bgc", name: "alice@example.org" },
    excludeCredentials: [{ id: "CA", type: "public-key" }],
  });

  assert.deepEqual(options.user.id, Uint8Array.of(6, 7));
  assert.equal(options.user.name, "alice@example.org");
  assert.deepEqual(options.excludeCredentials?.[0]?.id, Uint8Array.of(8));
});
