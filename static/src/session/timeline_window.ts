import type { Mark } from "./timeline_data";

/** From this length on, in seconds, a time line shows a part at a time. */
export const LONG = 1200;
/** A part, in seconds. */
export const PART = 600;

/** What a time line shows of its recording, in seconds. */
export interface Stretch {
  start: number;
  end: number;
}

/** The whole of a recording, or the part of it that holds `time`. */
export function stretchAt(time: number, duration: number, whole: boolean): Stretch {
  if (whole || duration < LONG) return { start: 0, end: Math.max(0.1, duration) };
  const parts = Math.ceil(duration / PART);
  const part = Math.min(parts - 1, Math.max(0, Math.floor(time / PART)));
  return { start: part * PART, end: Math.min(duration, (part + 1) * PART) };
}

/**
 * The marks inside a stretch, in order, at most `most`: marks that would lie on each other become one, which is as
 * strong as the strongest of them.
 */
export function drawnMarks(marks: Mark[], { start, end }: Stretch, most: number): Mark[] {
  const inside = marks.filter((mark) => mark[1] >= start && mark[0] <= end);
  if (inside.length <= most) return inside;
  const drawn: Mark[] = [];
  let place = -1;
  for (const [from, until, text, strength] of inside) {
    const here = Math.floor((most * Math.max(0, from - start)) / (end - start));
    const last = drawn.at(-1);
    if (last && here === place) {
      last[1] = Math.max(last[1], until);
      if (strength) last[3] = 1;
      continue;
    }
    drawn.push([from, until, text, strength]);
    place = here;
  }
  return drawn;
}
