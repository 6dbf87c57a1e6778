/** The arithmetic of a script that scrolls and of a plan that is kept: pure; seconds, words, pixels. */

const SLOWEST = 60;
const FASTEST = 260;

/** Where a paragraph stands in the scrolled text, and how many words it has. */
export interface Paragraph {
  top: number;
  height: number;
  words: number;
}

/** How many words there are before each paragraph, and in all. */
export function wordsBefore(paragraphs: readonly Paragraph[]): number[] {
  const before = [0];
  for (const { words } of paragraphs) before.push((before.at(-1) ?? 0) + words);
  return before;
}

/** Which paragraph holds the word; the last one also holds what comes after all of them. */
export function paragraphAt(paragraphs: readonly Paragraph[], words: number): number {
  const before = wordsBefore(paragraphs);
  let found = 0;
  while (found < paragraphs.length - 1 && words >= (before[found + 1] ?? 0)) found += 1;
  return found;
}

/** How far down the text the word stands; words are taken to be spread evenly over their paragraph. */
export function heightOf(paragraphs: readonly Paragraph[], words: number): number {
  const at = paragraphAt(paragraphs, words);
  const paragraph = paragraphs[at];
  if (!paragraph) return 0;
  const into = words - (wordsBefore(paragraphs)[at] ?? 0);
  const share = paragraph.words > 0 ? Math.min(1, into / paragraph.words) : 0;
  return paragraph.top + share * paragraph.height;
}

/** The word that stands so far down the text: the reverse of `heightOf`. */
export function wordsAt(paragraphs: readonly Paragraph[], height: number): number {
  const before = wordsBefore(paragraphs);
  for (const [at, { top, height: tall, words }] of paragraphs.entries()) {
    if (height < top) return before[at] ?? 0;
    if (height < top + tall) return (before[at] ?? 0) + (words * (height - top)) / tall;
  }
  return before.at(-1) ?? 0;
}

export function paceWithin(pace: number): number {
  return Math.min(FASTEST, Math.max(SLOWEST, Math.round(pace)));
}

/** A section of a talk against its time. */
export interface Standing {
  /** Seconds left in this section; below 0 so many too many. */
  left: number;
  /** How many seconds later than planned everything is; below 0 earlier. */
  behind: number;
}

/** Where a speaker stands `into` seconds after section `step` began, `began` seconds after the beginning. */
export function standing(
  planned: readonly number[],
  step: number,
  began: number,
  into: number,
): Standing {
  const due = planned.slice(0, step).reduce((sum, seconds) => sum + seconds, 0);
  const left = (planned[step] ?? 0) - into;
  return { left, behind: began - due + Math.max(0, -left) };
}
