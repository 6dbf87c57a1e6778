import assert from "node:assert/strict";
import { test } from "node:test";
import { heightOf, paceWithin, paragraphAt, standing, wordsAt } from "./prompting";
import { VoiceActivity } from "./voice_activity";

const text = [
  { top: 100, height: 200, words: 20 },
  { top: 340, height: 100, words: 10 },
];

test("the script stands at the word that is said, and a tap finds that word again", () => {
  const words = [0, 10, 20, 25, 30, 99];
  assert.deepEqual(
    words.map((word) => heightOf(text, word)),
    [100, 200, 340, 390, 440, 440],
  );
  assert.deepEqual(
    [0, 100, 200, 320, 390, 999].map((height) => wordsAt(text, height)),
    [0, 0, 10, 20, 25, 30],
  );
  assert.deepEqual(
    words.map((word) => paragraphAt(text, word)),
    [0, 0, 1, 1, 1, 1],
  );
});

test("a script without words stands at its beginning", () => {
  assert.equal(heightOf([], 5), 0);
  assert.equal(wordsAt([], 5), 0);
});

test("pace stays what somebody can speak", () => {
  assert.deepEqual([10, 147.6, 400].map(paceWithin), [60, 148, 260]);
});

test("a section that runs over makes the talk late, one that is done early makes it early", () => {
  const planned = [60, 90, 30];
  assert.deepEqual(standing(planned, 0, 0, 20), { left: 40, behind: 0 });
  assert.deepEqual(standing(planned, 0, 0, 75), { left: -15, behind: 15 });
  assert.deepEqual(standing(planned, 1, 45, 30), { left: 60, behind: -15 });
  assert.deepEqual(standing(planned, 2, 180, 40), { left: -10, behind: 40 });
});

test("a voice is what is well above the room, and the space between two words is still a voice", () => {
  const voice = new VoiceActivity();
  for (let at = 0; at < 2; at += 0.1) voice.hear(0.3, at);
  assert.equal(voice.speaks(2), false);
  voice.hear(0.6, 2);
  assert.equal(voice.speaks(2.5), true);
  for (let at = 2.1; at < 3; at += 0.1) voice.hear(0.3, at);
  assert.equal(voice.speaks(3), false);
});

test("a fan that starts is a voice for some seconds only", () => {
  const voice = new VoiceActivity();
  for (let at = 0; at < 20; at += 0.1) voice.hear(at < 1 ? 0.2 : 0.4, at);
  assert.equal(voice.speaks(20), false);
});
