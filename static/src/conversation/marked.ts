import type { Correction } from "./talk_events";

export interface Piece {
  text: string;
  wrong: boolean;
}

/** A line cut where it could be said better, each place once, whatever its capitals. */
export function piecesOf(text: string, corrections: readonly Correction[]): Piece[] {
  const low = text.toLowerCase();
  const spans: [number, number][] = [];
  for (const { said } of corrections) {
    const start = said && low.length === text.length ? placeOf(said.toLowerCase(), low) : -1;
    const end = start + said.length;
    if (start >= 0 && spans.every(([from, until]) => start >= until || end <= from)) {
      spans.push([start, end]);
    }
  }
  const pieces: Piece[] = [];
  let done = 0;
  for (const [start, end] of spans.sort((one, other) => one[0] - other[0])) {
    pieces.push({ text: text.slice(done, start), wrong: false });
    pieces.push({ text: text.slice(start, end), wrong: true });
    done = end;
  }
  pieces.push({ text: text.slice(done), wrong: false });
  return pieces.filter((piece) => piece.text);
}

const LETTER_BEFORE = /[\p{L}\p{M}\p{N}_]$/u;
const LETTER_AFTER = /^[\p{L}\p{M}\p{N}_]/u;

/** Where it stands as words of its own; anywhere in languages without spaces, -1 for nowhere. */
function placeOf(said: string, text: string): number {
  for (let at = text.indexOf(said); at >= 0; at = text.indexOf(said, at + 1)) {
    const isInWord =
      LETTER_BEFORE.test(text.slice(0, at)) || LETTER_AFTER.test(text.slice(at + said.length));
    if (!isInWord) return at;
  }
  return text.indexOf(said);
}
