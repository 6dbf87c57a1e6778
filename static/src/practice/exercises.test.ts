import assert from "node:assert/strict";
import { test } from "node:test";
import { exerciseOf, type KeptQuestion, type KeptSequence, sequenceFor } from "./exercises";

const step = { title: "Speak", text: "One minute.", seconds: 60, is_spoken: true };
const sequences: KeptSequence[] = [
  {
    id: 1,
    title: "Three topics",
    description: "",
    kind: "table_topics",
    steps: [step, step, step],
  },
  { id: 2, title: "One topic", description: "", kind: "table_topics", steps: [step] },
  { id: 3, title: "Before the call", description: "", kind: "custom", steps: [step] },
];
const questions: KeptQuestion[] = [
  { id: 7, category: "table_topics", text: "A door you never opened?" },
  { id: 8, category: "interview", text: "Why here?" },
];
const nothing = { sequence: "", kind: "", question: "" };

test("the sequence that was pressed is begun, and for a kind alone its shortest", () => {
  const begun = (wanted: object) => sequenceFor({ ...nothing, ...wanted }, sequences)?.id;
  assert.equal(begun({ sequence: "3" }), 3);
  assert.equal(begun({ kind: "table_topics" }), 2);
  assert.equal(begun({ sequence: "99" }), undefined);
  assert.equal(begun({}), undefined);
});

test("a question of the same kind is asked, or the one that was chosen", () => {
  const [, topic, own] = sequences;
  assert.deepEqual(
    [exerciseOf(topic, questions).question, exerciseOf(own, questions).question],
    [7, null],
  );
  assert.equal(exerciseOf(topic, questions, "8").prompt, "Why here?");
  assert.equal(exerciseOf(own, questions).prompt, "Before the call");
});

test("without a sequence there is the bare clock", () => {
  assert.deepEqual(exerciseOf(undefined, questions), {
    title: "",
    prompt: "",
    steps: [],
    sequence: null,
    question: null,
  });
});
