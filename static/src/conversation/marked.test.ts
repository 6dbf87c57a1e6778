import assert from "node:assert/strict";
import { test } from "node:test";
import { piecesOf } from "./marked";

function correction(said: string) {
  return { said, better: "", why: "" };
}

test("what could be said better is marked where it stands", () => {
  assert.deepEqual(
    piecesOf("Quiero dos kilos de Los manzanas, por favor.", [correction("los manzanas")]),
    [
      { text: "Quiero dos kilos de ", wrong: false },
      { text: "Los manzanas", wrong: true },
      { text: ", por favor.", wrong: false },
    ],
  );
});

test("what overlaps is marked once, and what is not there not at all", () => {
  const found = piecesOf("two bread and two water", [
    correction("two water"),
    correction("two bread"),
    correction("bread and"),
    correction("milk"),
  ]);
  assert.deepEqual(
    found.filter((piece) => piece.wrong).map((piece) => piece.text),
    ["two bread", "two water"],
  );
});

test("a line without corrections is one piece", () => {
  assert.deepEqual(piecesOf("Hello.", []), [{ text: "Hello.", wrong: false }]);
  assert.deepEqual(piecesOf("", []), []);
});

test("what could be said better is marked where it is a word, not inside another one", () => {
  for (const [text, said, before] of [
    ["I have a apple.", "a", "I have "],
    ["She says he go.", "HE GO", "She says "],
    ["我吃了", "吃", "我"],
  ] as const) {
    const [first, marked] = piecesOf(text, [correction(said)]);
    assert.equal(first?.text, before);
    assert.equal(marked?.text.toLowerCase(), said.toLowerCase());
  }
});
