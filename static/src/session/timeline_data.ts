/** A stretch on a row: start and end in seconds, what it is, and whether it is drawn in full. */
export type Mark = [start: number, end: number, text: string, strength: 0 | 1];

export interface RowData {
  marks: Mark[];
  /** Time and value; null where the curve breaks. */
  points?: ([number, number] | null)[];
  /** Time and value as written: where the arrow keys stop on a curve. */
  stops?: [number, string][];
  band?: [number, number] | null;
}

export interface TimelineData {
  duration: number;
  rows: Record<string, RowData>;
}

/** Somewhere on a row to stop at and to hear. */
export interface Stop {
  start: number;
  end: number;
  text: string;
}

const HEARD = 4;

/** Marks where a row has only those; on a curve its values at even steps. */
export function stopsOf(row: RowData, unit: string): Stop[] {
  if (!row.stops) return row.marks.map(([start, end, text]) => ({ start, end, text }));
  return row.stops.map(([time, value]) => ({
    start: time,
    end: time + HEARD,
    text: `${value} ${unit}`.trim(),
  }));
}

/** The index of the stop that lies nearest to `time`, 0 when there is none. */
export function nearest(stops: Stop[], time: number): number {
  let best = 0;
  stops.forEach((stop, index) => {
    if (distance(stop, time) < distance(stops[best] ?? stop, time)) best = index;
  });
  return best;
}

function distance({ start, end }: Stop, time: number): number {
  if (time >= start && time <= end) return 0;
  return time < start ? start - time : time - end;
}
