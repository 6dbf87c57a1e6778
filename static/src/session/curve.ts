import { svg } from "../elements/svg";
import type { RowData } from "./timeline_data";
import type { Stretch } from "./timeline_window";

const WIDTH = 1000;
const HEIGHT = 100;
const MARGIN = 6;

/** A curve over a stretch, with its band or its zero as a wash behind it. Its numbers stand in a table. */
export function curve(row: RowData, { start, end }: Stretch): SVGSVGElement {
  const points = row.points ?? [];
  const values = points.filter((point) => point !== null).map(([, value]) => value);
  const low = Math.min(...values, ...(row.band ?? []));
  const high = Math.max(...values, ...(row.band ?? []));
  const x = (time: number): number => ((time - start) / (end - start)) * WIDTH;
  const y = (value: number): number =>
    HEIGHT - MARGIN - ((value - low) / (high - low || 1)) * (HEIGHT - 2 * MARGIN);
  const children: SVGElement[] = [];
  if (row.band) {
    const [bottom, top] = row.band;
    const height = y(bottom) - y(top);
    children.push(svg("rect", { class: "pace-band", x: 0, y: y(top), width: WIDTH, height }));
  } else if (low < 0 && high > 0) {
    const middle = `M0,${y(0).toFixed(1)}H${WIDTH}`;
    children.push(svg("path", { class: "timeline-middle", d: middle }));
  }
  children.push(
    svg("path", {
      class: "pace-line",
      d: pieces(around(points, start, end))
        .map((piece) => smooth(piece.map(([time, value]): Point => [x(time), y(value)])))
        .join(""),
    }),
  );
  return svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    children,
  );
}

type Point = [x: number, y: number];

/** The points of a stretch and the one on either side of it, so that the curve reaches its ends. */
function around(points: (Point | null)[], start: number, end: number): (Point | null)[] {
  const times = points.map((point) => point?.[0]);
  const first = times.findIndex((time) => time !== undefined && time >= start);
  const last = times.findLastIndex((time) => time !== undefined && time <= end);
  return first < 0 ? [] : points.slice(Math.max(0, first - 1), last + 2);
}

/** The stretches between the breaks of a curve. */
function pieces(points: (Point | null)[]): Point[][] {
  const found: Point[][] = [[]];
  for (const point of points) {
    if (point) found.at(-1)?.push(point);
    else found.push([]);
  }
  return found.filter((piece) => piece.length > 0);
}

/** A path through all points whose bends never overshoot them (monotone in each piece). */
function smooth(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let path = `M${first[0].toFixed(1)},${first[1].toFixed(1)}`;
  let [x, y] = first;
  for (const [nextX, nextY] of rest) {
    const middle = ((x + nextX) / 2).toFixed(1);
    path += `C${middle},${y.toFixed(1)} ${middle},${nextY.toFixed(1)} ${nextX.toFixed(1)},${nextY.toFixed(1)}`;
    [x, y] = [nextX, nextY];
  }
  return path;
}
