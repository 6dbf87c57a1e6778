import { svg } from "../elements/svg";
import type { Texts } from "../text/texts";
import { clock } from "../text/time";
import type { PlayerData } from "./data";

const WIDTH = 1000;
const HEIGHT = 100;
const MARGIN = 6;

/** Local pace over time below the waveform, on the same axis, with the band as a wash. Its numbers stand in a table. */
export function drawPace(container: HTMLElement, data: PlayerData, texts: Texts): void {
  const { pace, band, duration } = data;
  if (pace.length < 2) return;
  const values = pace.map(([, value]) => value);
  const low = Math.min(...values, ...(band ?? []));
  const high = Math.max(...values, ...(band ?? []));
  const x = (time: number): number => (time / duration) * WIDTH;
  const y = (value: number): number =>
    HEIGHT - MARGIN - ((value - low) / (high - low || 1)) * (HEIGHT - 2 * MARGIN);
  const children: SVGElement[] = [];
  if (band) {
    const [bottom, top] = band;
    children.push(
      svg("rect", {
        class: "pace-band",
        x: 0,
        y: y(top),
        width: WIDTH,
        height: y(bottom) - y(top),
      }),
    );
  }
  const points = pace.map(([time, value]): Point => [x(time), y(value)]);
  children.push(svg("path", { class: "pace-line", d: smooth(points) }));
  const drawing = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    children,
  );
  container.prepend(drawing);
  labelPeak(container, data, texts);
}

/** Names the fastest moment, where it is outside the band. */
function labelPeak(container: HTMLElement, data: PlayerData, texts: Texts): void {
  const fastest = data.pace.reduce((one, other) => (other[1] > one[1] ? other : one));
  if (data.band && fastest[1] <= data.band[1]) return;
  const label = document.createElement("span");
  label.className = "pace-label";
  label.setAttribute("aria-hidden", "true");
  label.textContent = texts.say("pace-at", {
    value: Math.round(fastest[1]),
    time: clock(fastest[0]),
  });
  const share = fastest[0] / data.duration;
  label.style.left = share <= 0.75 ? `${share * 100}%` : "auto";
  label.style.right = share > 0.75 ? `${(1 - share) * 100}%` : "auto";
  container.append(label);
}

type Point = [x: number, y: number];

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
