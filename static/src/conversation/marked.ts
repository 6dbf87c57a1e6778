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
    const start = said && low.length === text.length ? low.indexOf(said.toLowerCase()) : -1;
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
